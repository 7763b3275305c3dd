using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Server.History;

namespace Broker.Server.Custody;

/// <summary>What the journal has on one certificate.</summary>
internal sealed class ScannedCertificate(PlacedFact placed, CertificateWitnessed witnessed)
{
    public PlacedFact Placed => placed;

    /// <summary>What it was witnessed as; an adopted one in the same form, without a request.</summary>
    public CertificateWitnessed Witnessed => witnessed;

    public CertificateSlot Slot { get; set; } =
        witnessed.Hold is null ? CertificateSlot.Next : CertificateSlot.Held;

    public Assurance Assurance { get; set; } = witnessed.Assurance;

    /// <summary>The Node UID that it counts for.</summary>
    public NodeUid Uid { get; set; } = witnessed.Uid;

    /// <summary>When it was asked for, or let off its hold.</summary>
    public Instant? Requested { get; set; } = witnessed.Requested;

    /// <summary>The certificate that its request was made with.</summary>
    public CertificateHash? AskedWith { get; init; }

    public List<ScannedStep> Steps { get; } = [];

    public bool IsOver => Slot is CertificateSlot.Retired or CertificateSlot.Denied;

    public void Step(string what, PlacedFact at, CertificateSlot slot)
    {
        Slot = slot;
        Steps.Add(new ScannedStep(what, at));
    }
}
