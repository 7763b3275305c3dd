namespace Broker.Server.Authentication;

/// <summary>The hooks of the scheme, under the names that ASP.NET Core's own package uses.</summary>
public class CertificateAuthenticationEvents
{
    /// <summary>See <see cref="CertificateValidated"/>.</summary>
    public Func<CertificateValidatedContext, Task> OnCertificateValidated { get; set; } = _ => Task.CompletedTask;

    /// <summary>See <see cref="AuthenticationFailed"/>.</summary>
    public Func<CertificateAuthenticationFailedContext, Task> OnAuthenticationFailed { get; set; } =
        _ => Task.CompletedTask;

    /// <summary>See <see cref="Challenge"/>.</summary>
    public Func<CertificateChallengeContext, Task> OnChallenge { get; set; } = _ => Task.CompletedTask;

    /// <summary>After all checks passed; may still fail the request or replace its principal.</summary>
    public virtual Task CertificateValidated(CertificateValidatedContext context) => OnCertificateValidated(context);

    /// <summary>After a refusal; its result, when set, stands instead.</summary>
    public virtual Task AuthenticationFailed(CertificateAuthenticationFailedContext context) =>
        OnAuthenticationFailed(context);

    /// <summary>Before a challenge is answered with 403.</summary>
    public virtual Task Challenge(CertificateChallengeContext context) => OnChallenge(context);
}
