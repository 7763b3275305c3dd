using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Record the certificate that was issued for an approved request; admits the node at its first one.
/// </summary>
public sealed record WitnessCertificate(
    CertificateHash Certificate,
    CsrName Csr,
    NodeUid NewNodeUid,
    KeyHash Key,
    string Serial,
    KeyHash Issuer,
    Instant NotBefore,
    Instant NotAfter)
    : Command<CertificateView>(Actor.Broker, null);
