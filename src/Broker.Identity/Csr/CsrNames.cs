using System.Buffers.Text;
using System.Text;
using Broker.Core.Names;
using Org.BouncyCastle.Crypto.Digests;

namespace Broker.Identity.Csr;

/// <summary>
/// The name that a kubelet gives its first request: <c>node-csr-</c> and the unpadded base64url SHA-512/256 over key,
/// common name, organizations and usages, each in unpadded base64url and closed by <c>|</c>. It lets a request be found
/// from the certificate alone. Source: Kubernetes, pkg/kubelet/certificate/bootstrap, <c>digestedName</c>.
/// </summary>
public static class CsrNames
{
    /// <summary>Computes the name.</summary>
    /// <param name="spki">The SubjectPublicKeyInfo in DER.</param>
    /// <param name="commonName">Such as <c>system:node:n1</c>.</param>
    /// <param name="organizations">Such as <c>system:nodes</c>, in order.</param>
    /// <param name="usages">In the kubelet's order.</param>
    public static CsrName Digest(
        ReadOnlySpan<byte> spki, string commonName, IReadOnlyList<string> organizations, IReadOnlyList<string> usages)
    {
        var text = new StringBuilder();
        Append(text, spki);
        foreach (var part in (string[])[commonName, .. organizations, .. usages])
        {
            Append(text, Encoding.UTF8.GetBytes(part));
        }

        var input = Encoding.ASCII.GetBytes(text.ToString());
        var digest = new Sha512tDigest(256);
        digest.BlockUpdate(input, 0, input.Length);
        var output = new byte[32];
        _ = digest.DoFinal(output, 0);
        return CsrName.Parse("node-csr-" + Base64Url.EncodeToString(output));
    }

    /// <summary>
    /// The usages that a kubelet asks for: keyEncipherment only with RSA keys (since Kubernetes 1.27).
    /// </summary>
    public static IReadOnlyList<string> KubeletUsages(bool isRsa) => isRsa
        ? ["digital signature", "key encipherment", "client auth"]
        : ["digital signature", "client auth"];

    private static void Append(StringBuilder text, ReadOnlySpan<byte> part) =>
        text.Append(Base64Url.EncodeToString(part)).Append('|');
}
