using Broker.Identity.Certificates;
using Broker.Identity.Trust;

namespace Broker.Server.Tls;

/// <summary>
/// Connection feature: what the gate found out about the client certificate of this connection. <c>Intermediates</c>
/// is the DER of what the client sent besides its leaf; it is visible in the handshake only.
/// <c>AnchorsInForce</c> gives the anchors of the listener as they are now, for the requests that follow.
/// </summary>
public sealed record ExaminedConnection(
    ExaminedCertificate Certificate,
    AnchorPurpose Purpose,
    IReadOnlyList<ReadOnlyMemory<byte>> Intermediates,
    Func<TrustAnchors> AnchorsInForce);
