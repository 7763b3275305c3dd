using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Views;
using Broker.Server.History;

namespace Broker.Server.Custody;

/// <summary>What the journal has on one signing request.</summary>
internal sealed class ScannedRequest(PlacedFact placed, CsrObserved observed)
{
    public PlacedFact Placed => placed;

    public CsrObserved Observed => observed;

    /// <summary>The newest decision on it; null only between the two events of one batch.</summary>
    public PlacedFact? Decided { get; set; }

    public CsrDecision Status { get; set; }

    public CertificateHash? Certificate { get; set; }
}
