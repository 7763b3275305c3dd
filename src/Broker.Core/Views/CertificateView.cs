using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Views;

/// <summary>A witnessed certificate.</summary>
public sealed record CertificateView(
    CertificateHash Certificate,
    NodeName Node,
    NodeUid Uid,
    CsrName Csr,
    KeyHash Key,
    string Serial,
    KeyHash Issuer,
    Instant NotBefore,
    Instant NotAfter,
    CertificateSlot Slot,
    long Position);
