using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Bench.Ledgers;

/// <summary>The commands that a ledger needs before it leases: nodes with certificates, and leases.</summary>
internal static class BenchNodes
{
    private const long DayMicroseconds = 86_400_000_000;

    /// <summary>Who approves the nodes' requests: a rule would need tokens.</summary>
    public static Actor Operator { get; } =
        Actor.Operator(PrivateText.Seal("bench", new byte[32]), CertificateHash.Parse(Hash("operator")));

    /// <summary>A node's name, by its number.</summary>
    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"node-{number:D4}");

    /// <summary>An approved request, and the certificate that it led to, valid from a time on.</summary>
    public static (DecideCsr Decide, WitnessCertificate Witness) Admission(string name, Instant from)
    {
        var csr = new CsrRequest(
            CsrName.Parse("csr-" + name),
            "uid-csr-" + name,
            "broker.local/node",
            "bench",
            NodeName.Parse(name),
            KeyHash.Parse(Hash("key" + name)),
            BlobHash.Parse(Hash("csr" + name)),
            null,
            null);
        var witness = new WitnessCertificate(
            CertificateHash.Parse(Hash("certificate" + name)),
            csr.Csr,
            NodeUid.Parse("uid-" + name),
            csr.Key,
            "0a",
            KeyHash.Parse(Hash("issuer")),
            from,
            new Instant(from.UnixMicroseconds + (365 * DayMicroseconds)));
        return (new DecideCsr(Operator, csr, true, null, null), witness);
    }

    /// <summary>A lease for a pod and a container of that number, of which there is no other.</summary>
    public static GrantLease Lease(NodeCaller node, long number)
    {
        var text = number.ToString("x12", CultureInfo.InvariantCulture);
        return new GrantLease(
            node,
            RequestId.Parse("request-" + text),
            new Attachment(node.Uid, "pods", string.Concat(text, text, text, text, text), "eth0"),
            new PodIdentity("default", "web-" + text, "00000000-0000-4000-8000-" + text),
            [],
            [],
            PodAssurance.Verified);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
