using Broker.Core.Names;

namespace Broker.Kubernetes.Witness;

/// <summary>
/// Which certificate the requester authenticated with, as the API server wrote it down: nothing (older servers), one
/// certificate, or something that names none.
/// </summary>
/// <param name="IsNamed">Whether the CSR has a credential id at all.</param>
/// <param name="Certificate">The certificate, where the credential id names exactly one.</param>
public sealed record Custody(bool IsNamed, CertificateHash? Certificate)
{
    /// <summary>The key of <c>spec.extra</c>. Source: Kubernetes, staging/apiserver, x509 authenticator.</summary>
    public const string ExtraKey = "authentication.kubernetes.io/credential-id";

    private const string Prefix = "X509SHA256=";

    /// <summary>Reads it from what the authenticator said.</summary>
    public static Custody Of(IReadOnlyDictionary<string, IReadOnlyList<string>> extra)
    {
        if (!extra.TryGetValue(ExtraKey, out var values))
        {
            return new Custody(false, null);
        }

        return values is [var value] && value.StartsWith(Prefix, StringComparison.Ordinal)
            && CertificateHash.TryParse(value[Prefix.Length..], out var hash)
                ? new Custody(true, hash)
                : new Custody(true, null);
    }
}
