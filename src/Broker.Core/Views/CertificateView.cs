using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Views;

/// <summary>
/// A certificate on record. <c>Csr</c> is null for an adopted one that no CSR accounts for.
/// </summary>
public sealed record CertificateView(
    CertificateHash Certificate,
    NodeName Node,
    NodeUid Uid,
    CsrName? Csr,
    KeyHash Key,
    string Serial,
    KeyHash Issuer,
    Instant NotBefore,
    Instant NotAfter,
    CertificateSlot Slot,
    long Position,
    Assurance Assurance = Assurance.Embedded,
    string? Hold = null);
