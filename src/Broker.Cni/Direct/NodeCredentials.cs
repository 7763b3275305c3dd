using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Broker.Client;
using Broker.Cni.Configuration;
using Broker.Cni.Errors;
using Broker.Cni.Files;

namespace Broker.Cni.Direct;

/// <summary>The files that the configuration names, read at each exec, so that a rotated one counts at once.</summary>
internal static class NodeCredentials
{
    private const int BytesMax = 256 * 1024;

    /// <exception cref="CniException">A file cannot be read (code 5) or does not hold what it should (code 6).</exception>
    public static BrokerEndpoint Load(IpamConfig ipam) => new(ipam.Server, AnchorsOf(ipam), CertificateOf(ipam));

    private static X509Certificate2Collection AnchorsOf(IpamConfig ipam)
    {
        var anchors = new X509Certificate2Collection();
        try
        {
            anchors.ImportFromPem(TextOf(ipam.CaFile, "ipam.caFile"));
        }
        catch (CryptographicException error)
        {
            throw NoPem("ipam.caFile", ipam.CaFile, $"a certificate cannot be read: {error.Message}");
        }

        return anchors.Count > 0 ? anchors : throw NoPem("ipam.caFile", ipam.CaFile, "it holds no certificate");
    }

    // The first certificate of the file, and the key beside it: a kubelet writes both into one file.
    private static X509Certificate2 CertificateOf(IpamConfig ipam)
    {
        var certificate = TextOf(ipam.CertificateFile, "ipam.certificateFile");
        var key = ipam.KeyFile == ipam.CertificateFile ? certificate : TextOf(ipam.KeyFile, "ipam.keyFile");
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw NoPem(
                "ipam.certificateFile",
                ipam.CertificateFile,
                $"no certificate with its key, key file {Shown.Of(ipam.KeyFile)}: {error.Message}");
        }
    }

    private static string TextOf(string path, string key) =>
        Encoding.ASCII.GetString(BoundedFile.Read(path, key, BytesMax));

    private static CniException NoPem(string key, string path, string why) => new(
        CniErrorCode.Decoding,
        $"{key}: {Shown.Of(path)}: {why}",
        "Give PEM files: the broker's CA, and this node's certificate with its unencrypted key.");
}
