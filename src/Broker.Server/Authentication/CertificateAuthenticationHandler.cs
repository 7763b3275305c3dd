using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using Broker.Server.Tls;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Broker.Server.Authentication;

/// <summary>
/// The <c>Certificate</c> scheme: same name, result, events and 403 on challenge as ASP.NET Core's own, but it asks who
/// the caller is at every request, and never asks the client for a certificate after the handshake. Puts a
/// <see cref="Caller"/> or a <see cref="CallerRefusal"/> into the request's features.
/// </summary>
internal sealed class CertificateAuthenticationHandler(
    IOptionsMonitor<CertificateAuthenticationOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    CallerResolver resolver,
    CertificateHeaders headers)
    : AuthenticationHandler<CertificateAuthenticationOptions>(options, logger, encoder)
{
    private new CertificateAuthenticationEvents Events => (CertificateAuthenticationEvents)base.Events!;

    /// <inheritdoc/>
    protected override Task<object> CreateEventsAsync() =>
        Task.FromResult<object>(new CertificateAuthenticationEvents());

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        headers.Look(Request.Headers);
        if (!Request.IsHttps
            || Context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is not { } certificate)
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            var examined = Context.Features.Get<ExaminedConnection>();
            var (caller, refusal) = resolver.Resolve(certificate, examined);
            return caller is not null
                ? await SucceedAsync(certificate, examined!, caller)
                : await FailAsync(refusal!);
        }
        catch (Exception error)
        {
            var context = new CertificateAuthenticationFailedContext(Context, Scheme, Options) { Exception = error };
            await Events.AuthenticationFailed(context);
            if (context.Result is not null)
            {
                return context.Result;
            }

            throw;
        }
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // A certificate cannot be prompted for, so 401 would say something untrue.
        var context = new CertificateChallengeContext(Context, Scheme, Options, properties);
        await Events.Challenge(context);
        if (!context.Handled)
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }

    private async Task<AuthenticateResult> SucceedAsync(
        X509Certificate2 certificate, ExaminedConnection examined, Caller caller)
    {
        var context = new CertificateValidatedContext(Context, Scheme, Options)
        {
            ClientCertificate = certificate,
            Caller = caller,
            Principal = CertificateClaims.Principal(
                certificate, examined, Options.ClaimsIssuer ?? Scheme.Name, Scheme.Name),
        };
        await Events.CertificateValidated(context);
        if (context.Result is null)
        {
            context.Success();
        }

        if (context.Result!.Succeeded)
        {
            Context.Features.Set(caller);
        }

        return context.Result;
    }

    private async Task<AuthenticateResult> FailAsync(CallerRefusal refusal)
    {
        Context.Features.Set(refusal);
        var error = new CertificateRefusedException(refusal);
        var context = new CertificateAuthenticationFailedContext(Context, Scheme, Options) { Exception = error };
        await Events.AuthenticationFailed(context);
        return context.Result ?? AuthenticateResult.Fail(error);
    }
}
