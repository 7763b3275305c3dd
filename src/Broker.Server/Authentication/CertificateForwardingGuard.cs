using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Broker.Server.Authentication;

/// <summary>
/// Refuses to start when certificate forwarding is configured: it would put whatever a header holds in the place of the
/// connection's certificate. (A forwarding middleware without options is caught at each request, as
/// <c>certificate_replaced</c>.)
/// </summary>
internal sealed class CertificateForwardingGuard(IServiceProvider services) : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
    {
        if (services.GetServices<IConfigureOptions<CertificateForwardingOptions>>().Any()
            || services.GetServices<IPostConfigureOptions<CertificateForwardingOptions>>().Any()
            || services.GetServices<IValidateOptions<CertificateForwardingOptions>>().Any())
        {
            throw new InvalidOperationException(
                "Certificate forwarding is configured; remove it: headers never name a caller.");
        }

        return next;
    }
}
