using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Broker.Server.Enrolment;

/// <summary>The CA that the broker's own server certificates chain to, as it is handed to new nodes.</summary>
internal sealed record BrokerCa(string Pem)
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";

    /// <summary>Whether a caller who trusts this and nothing else accepts the certificate.</summary>
    /// <exception cref="CryptographicException">The PEM cannot be read.</exception>
    public bool Covers(X509Certificate2 certificate, X509Certificate2Collection intermediates, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
        };
        _ = chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuth));
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(Pem);
        chain.ChainPolicy.ExtraStore.AddRange(intermediates);
        return chain.Build(certificate);
    }
}
