namespace Broker.Server.Authentication;

/// <summary>Carries a refusal through the authentication result, which knows exceptions only; never thrown.</summary>
public sealed class CertificateRefusedException(CallerRefusal refusal) : Exception($"{refusal.Code}: {refusal.Detail}")
{
    /// <summary>The refusal.</summary>
    public CallerRefusal Refusal { get; } = refusal;
}
