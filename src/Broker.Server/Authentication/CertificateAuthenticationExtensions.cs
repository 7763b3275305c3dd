using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Broker.Server.Authentication;

/// <summary>Registers the scheme.</summary>
public static class CertificateAuthenticationExtensions
{
    /// <summary>
    /// Authentication with the <c>Certificate</c> scheme as the default, and nothing else: the usual
    /// <c>AddAuthentication()</c> also sets up data protection, which writes a key into the user's home at start.
    /// </summary>
    public static AuthenticationBuilder AddCertificateAuthentication(
        this IServiceCollection services, Action<CertificateAuthenticationOptions>? configure = null)
    {
        services.AddAuthenticationCore(
            options => options.DefaultScheme = CertificateAuthenticationDefaults.AuthenticationScheme);
        services.AddWebEncoders();
        return new AuthenticationBuilder(services).AddCertificate(configure);
    }

    /// <summary>
    /// Adds the <c>Certificate</c> scheme, the count of certificate headers and the guard against forwarding. Needs an
    /// <see cref="Broker.Identity.Witness.IdentityIndex"/> and takes the registered <see cref="TimeProvider"/>.
    /// </summary>
    public static AuthenticationBuilder AddCertificate(
        this AuthenticationBuilder builder, Action<CertificateAuthenticationOptions>? configure = null)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<CertificateHeaders>();
        builder.Services.TryAddSingleton<CallerResolver>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, CertificateForwardingGuard>());
        return builder.AddScheme<CertificateAuthenticationOptions, CertificateAuthenticationHandler>(
            CertificateAuthenticationDefaults.AuthenticationScheme, configure);
    }
}
