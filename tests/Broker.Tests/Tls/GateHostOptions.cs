using Broker.Identity.Trust;
using Broker.Server.Authentication;
using Broker.Server.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Broker.Tests.Tls;

/// <summary>How a test wants its server to differ.</summary>
internal sealed record GateHostOptions
{
    internal AnchorPurpose Purpose { get; init; } = AnchorPurpose.Nodes;

    internal TrustAnchors? Anchors { get; init; }

    internal bool Tls { get; init; } = true;

    internal TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal ConnectionLimits Limits { get; init; } = ConnectionLimits.Nodes;

    internal Action<CertificateAuthenticationOptions>? Scheme { get; init; }

    internal Action<IServiceCollection>? Services { get; init; }

    internal Action<IApplicationBuilder>? Pipeline { get; init; }
}
