using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Broker.Client;

/// <summary>How every client speaks TLS with a broker.</summary>
public static class BrokerTls
{
    /// <summary>
    /// TLS 1.2 or 1.3 that trusts the endpoint's CAs only, without resumption, renegotiation or downloads. Neither host
    /// nor protocols are set.
    /// </summary>
    public static SslClientAuthenticationOptions OptionsFor(BrokerEndpoint endpoint)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(endpoint.Anchors);
        policy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        var tls = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = policy,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowTlsResume = false,
            AllowRenegotiation = false,
        };
        if (endpoint.Certificate is { } certificate)
        {
            // Offline: building the context must neither download nor look into a certificate store.
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        }

        return tls;
    }
}
