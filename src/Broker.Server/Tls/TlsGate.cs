using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Trust;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Broker.Server.Tls;

/// <summary>
/// Sets up TLS of one listener: 1.2 and 1.3 only, no resumption, no renegotiation, and for listeners with client
/// anchors a client certificate that passes the whole examination before any byte of HTTP is read.
/// </summary>
public static class TlsGate
{
    /// <summary>Ephemeral keys and authenticated encryption only; the order is the server's preference.</summary>
    internal static IReadOnlyList<TlsCipherSuite> CipherSuites { get; } =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    /// <summary>Configures a listener.</summary>
    /// <param name="https">The options of <c>UseHttps</c>.</param>
    /// <param name="serverCertificate">
    /// Asked at each handshake, so that a renewed certificate counts at once; make it with
    /// <see cref="CreateServerContext"/>.
    /// </param>
    /// <param name="clientAnchors">
    /// Who may connect, asked at each handshake and each request; null for TLS without client certificates.
    /// </param>
    /// <param name="settings">Clock and limits; null for the defaults.</param>
    public static void Configure(
        HttpsConnectionAdapterOptions https,
        Func<SslStreamCertificateContext> serverCertificate,
        Func<TrustAnchors>? clientAnchors,
        TlsGateSettings? settings = null)
    {
        settings ??= new TlsGateSettings();
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.HandshakeTimeout = settings.HandshakeTimeout;

        // With any other mode the adapter gives SslStream a callback of its own, which cannot be replaced; the callback
        // of RequireClient is the only one, and it demands the certificate itself.
        https.ClientCertificateMode = ClientCertificateMode.NoCertificate;
        https.CheckCertificateRevocation = false;

        // The adapter insists on one of its own; OnAuthenticate replaces it by the context made offline.
        https.ServerCertificateSelector = (_, _) => serverCertificate().TargetCertificate;
        var examiner = clientAnchors is null ? null : new CurrentExaminer(clientAnchors, settings.Examiner);
        https.OnAuthenticate = (connection, ssl) =>
        {
            Prepare(ssl, serverCertificate());
            if (examiner is not null)
            {
                RequireClient(connection, ssl, examiner, settings);
            }
        };
    }

    /// <summary>
    /// The server's certificate with its intermediates, built without the network (the default would look for missing
    /// issuers and stapled answers).
    /// </summary>
    public static SslStreamCertificateContext CreateServerContext(
        X509Certificate2 certificate, X509Certificate2Collection? intermediates = null) =>
        SslStreamCertificateContext.Create(certificate, intermediates, offline: true);

    private static void Prepare(SslServerAuthenticationOptions ssl, SslStreamCertificateContext certificate)
    {
        ssl.ServerCertificateContext = certificate;
        ssl.ServerCertificateSelectionCallback = null;
        ssl.AllowRenegotiation = false;

        // A resumed session brings neither intermediates nor, in runtimes to come, a validation.
        ssl.AllowTlsResume = false;
        ssl.EncryptionPolicy = EncryptionPolicy.RequireEncryption;
        if (OperatingSystem.IsLinux())
        {
            ssl.CipherSuitesPolicy = Ciphers();
        }
    }

    [SupportedOSPlatform("linux")]
    private static CipherSuitesPolicy Ciphers() => new(CipherSuites);

    private static void RequireClient(
        ConnectionContext connection,
        SslServerAuthenticationOptions ssl,
        CurrentExaminer current,
        TlsGateSettings settings)
    {
        var examiner = current.Get();
        // A policy of its own for each connection: SslStream adds the client's certificates to it.
        var policy = examiner.Anchors.NewChainPolicy(settings.Clock.GetUtcNow(), settings.Examiner.RequiredEku);
        ssl.ClientCertificateRequired = true;
        ssl.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        ssl.CertificateChainPolicy = policy;
        var check = new ClientCertificateCheck(connection, examiner, current.AnchorsInForce, settings);
        ssl.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            check.Validate(certificate, chain, errors);
    }
}
