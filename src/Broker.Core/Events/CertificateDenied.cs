using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary>
/// <c>certificate.denied</c>: never accepted again, by hash, by key, or by issuer and serial number; exactly one of
/// the three is set. By hash alone an altered signature would pass, so key and serial number are what lasts.
/// </summary>
public sealed record CertificateDenied(
    NodeName Node,
    CertificateHash? Certificate,
    KeyHash? Key,
    KeyHash? Issuer,
    string? Serial,
    PrivateText? Reason)
    : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Node(Node);
}
