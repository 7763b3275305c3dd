using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Authorities;
using Broker.Identity.Trust;
using Broker.Server.Enrolment;
using Broker.Server.Options;
using Broker.Server.Tls;

namespace Broker.Server.Hosting;

/// <summary>
/// All keys and anchors that a broker serves with, loaded and checked before it listens. Without a node CA it issues
/// nothing: the nodes' certificates are a cluster's.
/// </summary>
internal sealed record KeyMaterial(
    SslStreamCertificateContext Server,
    TrustAnchors Nodes,
    TrustAnchors People,
    CertificateAuthority? NodeCa,
    BrokerCa BrokerCa)
{
    /// <exception cref="StartFailureException">A file cannot be used; the message names it.</exception>
    public static KeyMaterial Load(PkiPaths paths, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var nodes = Anchors(AnchorPurpose.Nodes, paths.NodeCa, now);
        var people = Anchors(AnchorPurpose.People, paths.OperatorCa, now);
        if (nodes.SharedWith(people) is { } shared)
        {
            // One CA for both would let whoever signs node certificates make operators.
            throw new StartFailureException(
                "trust_anchors", $"{paths.NodeCa} and {paths.OperatorCa}: {shared.Detail}");
        }

        return new KeyMaterial(
            Try(paths.ServerCertificate, () => LoadServer(paths, now)),
            nodes,
            people,
            paths.NodeCaKey.Length == 0 ? null : LoadNodeCa(paths, now),
            new BrokerCa(Try(paths.BrokerCa, () => File.ReadAllText(paths.BrokerCa))));
    }

    private static TrustAnchors Anchors(AnchorPurpose purpose, string file, DateTimeOffset now)
    {
        var load = TrustAnchors.Load(purpose, Try(file, () => File.ReadAllText(file)), now);
        return load.Anchors ?? throw new StartFailureException(
            "trust_anchors", $"{file}: {string.Join(" ", load.Faults.Select(fault => fault.Detail))}");
    }

    private static SslStreamCertificateContext LoadServer(PkiPaths paths, DateTimeOffset now)
    {
        // A key from PEM must not be written anywhere; the runtime on Linux takes it as it is.
        var certificate = X509Certificate2.CreateFromPemFile(paths.ServerCertificate, paths.ServerKey);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(paths.ServerCertificate);
        chain.RemoveAt(0);
        if (certificate.NotAfter.ToUniversalTime() <= now)
        {
            throw new StartFailureException(
                "server_certificate_expired",
                $"{paths.ServerCertificate} ended at {certificate.NotAfter.ToUniversalTime():u}. Replace it and "
                + $"{paths.ServerKey} by a certificate that the callers' CA file covers.");
        }

        return TlsGate.CreateServerContext(certificate, chain);
    }

    private static CertificateAuthority LoadNodeCa(PkiPaths paths, DateTimeOffset now)
    {
        var load = CertificateAuthority.Load(paths.NodeCa, paths.NodeCaKey, now);
        return load.Authority ?? throw new StartFailureException(
            "key_material", $"{paths.NodeCaKey} cannot be used: {load.Refusal!.Detail}");
    }

    private static T Try<T>(string file, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartFailureException(
                "key_material", $"{file} cannot be used: {error.Message} 'broker init' makes a fresh set.", error);
        }
    }
}
