using System.Security.Cryptography.X509Certificates;

namespace Broker.Agent.ApiServers;

/// <summary>Where the API server is, what it is trusted by, and what shows who asks.</summary>
/// <param name="Server">Its address.</param>
/// <param name="Anchors">The CAs that its certificate may chain to, and no others.</param>
/// <param name="Token">A bearer token, or null.</param>
/// <param name="Certificate">A client certificate with its key, or null.</param>
internal sealed record ApiServerAccess(
    Uri Server, X509Certificate2Collection Anchors, string? Token, X509Certificate2? Certificate)
{
    /// <summary>The same server, asked with a certificate.</summary>
    public ApiServerAccess With(X509Certificate2 certificate) => this with { Token = null, Certificate = certificate };
}
