using System.Security.Claims;
using Broker.Identity.Certificates;
using Broker.Identity.Trust;

namespace Broker.Server.Tls;

/// <summary>
/// Connection feature: what the gate found out about the client certificate of this connection. <c>Intermediates</c>
/// is the DER of what the client sent besides its leaf; it is visible in the handshake only.
/// <c>AnchorsInForce</c> gives the anchors of the listener as they are now, for the requests that follow.
/// <c>Der</c> is the certificate itself.
/// </summary>
public sealed record ExaminedConnection(
    ExaminedCertificate Certificate,
    AnchorPurpose Purpose,
    ReadOnlyMemory<byte> Der,
    IReadOnlyList<ReadOnlyMemory<byte>> Intermediates,
    Func<TrustAnchors> AnchorsInForce)
{
    /// <summary>What the certificate claims; nothing of it can change while the connection is open.</summary>
    internal IReadOnlyList<Claim>? Claims { get; set; }
}
