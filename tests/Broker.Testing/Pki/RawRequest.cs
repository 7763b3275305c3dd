using System.Security.Cryptography;

namespace Broker.Testing.Pki;

/// <summary>Writes PKCS#10 requests, good and odd. Source: RFC 2986.</summary>
public static class RawRequest
{
    /// <summary>A signed request in DER.</summary>
    /// <param name="subject">The subject in DER.</param>
    /// <param name="key">The key that signs.</param>
    /// <param name="spki">Another key in the request than the one that signs, or null.</param>
    /// <param name="extensions">What an extensionRequest asks for, or null for no attributes.</param>
    /// <param name="algorithm">Null for SHA-256.</param>
    public static byte[] Of(
        byte[] subject,
        TestKey key,
        byte[]? spki = null,
        IReadOnlyList<byte[]>? extensions = null,
        RawAlgorithm? algorithm = null)
    {
        algorithm ??= key.Algorithm is RSA ? RawAlgorithm.RsaSha256 : RawAlgorithm.EcdsaSha256;
        var attributes = extensions is null
            ? []
            : RawDer.Sequence(RawDer.Oid("1.2.840.113549.1.9.14"), RawDer.Set(RawDer.Sequence(extensions)));
        var info = RawDer.Sequence(
            RawDer.Number(0), subject, spki ?? key.Spki, RawDer.Tagged(0, attributes));
        return RawDer.Sequence(info, algorithm.Identifier, RawDer.BitString(key.Sign(info, algorithm)));
    }

    public static string Pem(byte[] der) => PemEncoding.WriteString("CERTIFICATE REQUEST", der) + "\n";
}
