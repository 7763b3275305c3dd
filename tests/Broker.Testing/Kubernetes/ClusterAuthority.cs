using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Broker.Testing.Pki;

namespace Broker.Testing.Kubernetes;

/// <summary>
/// The one CA of a test's cluster: it signs what the API server shows and, through the controller manager, what nodes
/// ask for. The test holds its key, as a thief of it would.
/// </summary>
public sealed class ClusterAuthority
{
    private const int DnsName = 0x82;
    private const int Address = 0x87;

    /// <summary>What signs; for certificates that were never asked for.</summary>
    public TestAuthority Signer { get; } = TestAuthority.Root("kubernetes", TimeProvider.System.GetUtcNow());

    /// <summary>Its certificate.</summary>
    public string Pem => Signer.Pem;

    /// <summary>A user with a client certificate that this CA signed without any request.</summary>
    public KubeUser User(string name, params IReadOnlyList<string> groups)
    {
        using var leaf = Signer.LeafWithKey(draft => draft.Subject = RawName.Of(
            [.. groups.Select(group => RawName.Rdn(RawName.O, group)), RawName.Rdn(RawName.Cn, name)]));
        return KubeUser.WithCertificate(name, leaf.ExportCertificatePem(), KeyPem(leaf));
    }

    /// <summary>Writes a certificate and a key for a server on the loopback address.</summary>
    public void WriteServing(string certificateFile, string keyFile)
    {
        var names = RawDer.Sequence(
            RawDer.Tlv(DnsName, Encoding.ASCII.GetBytes("localhost")),
            RawDer.Tlv(Address, IPAddress.Loopback.GetAddressBytes()));
        using var leaf = Signer.LeafWithKey(draft =>
        {
            draft.Subject = RawName.Of(RawName.Rdn(RawName.Cn, "kube-apiserver"));
            _ = draft
                .With(RawExtension.ExtendedKeyUsage, RawExtension.ExtendedUsage(false, RawExtension.ServerAuth))
                .With(RawExtension.SubjectAltName, RawExtension.Of(RawExtension.SubjectAltName, false, names));
        });
        File.WriteAllText(certificateFile, leaf.ExportCertificatePem() + "\n");
        File.WriteAllText(keyFile, KeyPem(leaf) + "\n");
    }

    /// <summary>Writes a client certificate and a key.</summary>
    public void WriteClient(string certificateFile, string keyFile, string name, string group)
    {
        using var leaf = Signer.LeafWithKey(draft =>
            draft.Subject = RawName.Of(RawName.Rdn(RawName.O, group), RawName.Rdn(RawName.Cn, name)));
        File.WriteAllText(certificateFile, leaf.ExportCertificatePem() + "\n");
        File.WriteAllText(keyFile, KeyPem(leaf) + "\n");
    }

    private static string KeyPem(X509Certificate2 leaf)
    {
        using var key = leaf.GetECDsaPrivateKey() ?? throw new InvalidOperationException("No EC key.");
        return key.ExportPkcs8PrivateKeyPem();
    }
}
