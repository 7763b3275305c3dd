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
    /// <summary>The names of the server certificate.</summary>
    public required ServerNames Names { get; init; }

    /// <summary>When each certificate that the broker lives by ends.</summary>
    public IEnumerable<(string Name, DateTimeOffset NotAfter)> Ends =>
        new[] { ("server", Server.TargetCertificate) }
            .Concat(NodeCa is null ? [] : [("node_ca_signer", NodeCa.Certificate)])
            .Concat(Nodes.Roots.Select(root => ("node_ca", root)))
            .Concat(People.Roots.Select(root => ("operator_ca", root)))
            .GroupBy(item => item.Item1, item => new DateTimeOffset(item.Item2.NotAfter.ToUniversalTime()))
            .Select(group => (group.Key, group.Min()));

    /// <summary>Whether nothing that anybody could notice is different.</summary>
    public bool IsSameAs(KeyMaterial other) =>
        Server.TargetCertificate.Equals(other.Server.TargetCertificate)
        && Server.IntermediateCertificates.SequenceEqual(other.Server.IntermediateCertificates)
        && Nodes.Roots.SequenceEqual(other.Nodes.Roots)
        && People.Roots.SequenceEqual(other.People.Roots)
        && Equals(NodeCa?.Certificate, other.NodeCa?.Certificate)
        && BrokerCa == other.BrokerCa;

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

        var brokerCa = new BrokerCa(Try(paths.BrokerCa, () => File.ReadAllText(paths.BrokerCa)));
        var server = Try(paths.ServerCertificate, () => LoadServer(paths, brokerCa, now));
        var nodeCa = paths.NodeCaKey.Length == 0 ? null : LoadNodeCa(paths, now);
        return new KeyMaterial(server, nodes, people, nodeCa, brokerCa)
        {
            Names = new ServerNames(server.TargetCertificate),
        };
    }

    private static TrustAnchors Anchors(AnchorPurpose purpose, string file, DateTimeOffset now)
    {
        var load = TrustAnchors.Load(purpose, Try(file, () => File.ReadAllText(file)), now);
        return load.Anchors ?? throw new StartFailureException(
            "trust_anchors", $"{file}: {string.Join(" ", load.Faults.Select(fault => fault.Detail))}");
    }

    private static SslStreamCertificateContext LoadServer(PkiPaths paths, BrokerCa brokerCa, DateTimeOffset now)
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

        // New nodes are handed the broker CA and nothing else to know this broker by.
        return brokerCa.Covers(certificate, chain, now)
            ? TlsGate.CreateServerContext(certificate, chain)
            : throw new StartFailureException(
                "key_material",
                $"{paths.ServerCertificate} was not issued by a CA of {paths.BrokerCa}. Put that CA there, beside the "
                + "old one while there are callers that know the old one only.");
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
        catch (Exception error) when (
            error is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new StartFailureException(
                "key_material", $"{file} cannot be used: {error.Message} 'broker init' makes a fresh set.", error);
        }
    }
}
