using Broker.Identity.Trust;
using Broker.Server.Api;
using Broker.Server.Tls;

namespace Broker.Server.Hosting;

/// <summary>
/// What one TLS listener is made of; without anchors nobody shows a certificate, so connections are counted as a whole.
/// </summary>
internal sealed record TlsListener(
    ListenerKind Kind,
    LiveKeys Keys,
    TlsGateSettings Gate,
    Func<TrustAnchors>? Anchors,
    ConnectionLimits? Limits,
    int AnonymousMax);
