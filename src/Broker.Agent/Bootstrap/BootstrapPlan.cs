using Broker.Agent.ApiServers;
using Broker.Agent.Requests;

namespace Broker.Agent.Bootstrap;

/// <summary>What <c>broker-agent bootstrap</c> was told.</summary>
/// <param name="NodeName">The node whose certificate it is.</param>
/// <param name="Access">
/// The API server, with the credentials for the first request; read anew each time, because tokens are replaced.
/// </param>
/// <param name="CertificateFile">Where certificate and key go.</param>
/// <param name="Usages">What to ask for.</param>
/// <param name="Wait">How long an approval may take.</param>
/// <param name="Rotate">Whether to stay and renew.</param>
internal sealed record BootstrapPlan(
    string NodeName,
    Func<ApiServerAccess> Access,
    string CertificateFile,
    UsageChoice Usages,
    TimeSpan Wait,
    bool Rotate);
