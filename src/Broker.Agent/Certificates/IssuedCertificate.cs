using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Agent.Hosting;
using Broker.Agent.Requests;

namespace Broker.Agent.Certificates;

/// <summary>A node's client certificate with its key, as it lies in one PEM file.</summary>
/// <param name="Certificate">With its key.</param>
/// <param name="Pem">The certificates as issued, then the key; the form of a kubelet's own file.</param>
internal sealed record IssuedCertificate(X509Certificate2 Certificate, string Pem)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    public DateTimeOffset NotBefore => Certificate.NotBefore;

    public DateTimeOffset NotAfter => Certificate.NotAfter;

    /// <summary>Believes nothing: it must be for this key, this node and this use, and be valid now.</summary>
    /// <exception cref="AgentFailureException">It is not.</exception>
    public static IssuedCertificate Of(string certificatesPem, ECDsa key, string nodeName, DateTimeOffset now)
    {
        var pem = $"{certificatesPem.TrimEnd()}\n{key.ExportECPrivateKeyPem()}\n";
        var issued = Read(pem, "the issued certificate");
        if (issued.WrongFor(nodeName, DateTimeOffset.MinValue) is null && now >= issued.NotAfter)
        {
            throw new AgentFailureException(
                "clock_wrong",
                $"The certificate that was just issued is valid until {issued.NotAfter.ToUniversalTime():u}, and it is "
                + $"{now.ToUniversalTime():u} here: set this machine's clock.");
        }

        if (issued.WrongFor(nodeName, now) is { } wrong)
        {
            throw new AgentFailureException(
                "certificate_wrong", $"The issued certificate is not what was asked for: {wrong}.");
        }

        return issued;
    }

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="AgentFailureException">There is no certificate with its key in it.</exception>
    public static IssuedCertificate Read(string pem, string place)
    {
        try
        {
            return new IssuedCertificate(X509Certificate2.CreateFromPem(pem, pem), pem);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new AgentFailureException(
                "certificate_wrong", $"{place}: no certificate with its key: {error.Message}", error);
        }
    }

    /// <summary>What keeps it from being used for a node now; null when nothing does.</summary>
    public string? WrongFor(string nodeName, DateTimeOffset now)
    {
        if (!IsOf(nodeName))
        {
            return $"its subject is {Certificate.Subject}, not that of the node {nodeName}";
        }

        if (!Certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(usage => usage.EnhancedKeyUsages[ClientAuthentication] is not null))
        {
            return "it is not for client authentication";
        }

        return now < NotAfter ? null : $"it was valid until {NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC";
    }

    // The signer may write the parts of the subject in an order of its own.
    private bool IsOf(string nodeName) =>
        Parts(Certificate.SubjectName).SetEquals(Parts(NodeRequest.Subject(nodeName)));

    private static HashSet<string> Parts(X500DistinguishedName name) =>
        [.. name.EnumerateRelativeDistinguishedNames().Select(part => part.HasMultipleElements
            ? Convert.ToHexString(part.RawData.Span)
            : $"{part.GetSingleElementType().Value}={part.GetSingleElementValue()}")];
}
