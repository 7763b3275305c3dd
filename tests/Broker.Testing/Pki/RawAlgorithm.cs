using System.Security.Cryptography;

namespace Broker.Testing.Pki;

/// <summary>A signature algorithm with its identifier in DER.</summary>
public sealed record RawAlgorithm(HashAlgorithmName Hash, RSASignaturePadding? Padding, byte[] Identifier)
{
    public static RawAlgorithm EcdsaSha256 { get; } = Ecdsa(HashAlgorithmName.SHA256, "1.2.840.10045.4.3.2");

    public static RawAlgorithm EcdsaSha384 { get; } = Ecdsa(HashAlgorithmName.SHA384, "1.2.840.10045.4.3.3");

    public static RawAlgorithm EcdsaSha1 { get; } = Ecdsa(HashAlgorithmName.SHA1, "1.2.840.10045.4.1");

    public static RawAlgorithm RsaSha256 { get; } = Pkcs1(HashAlgorithmName.SHA256, "1.2.840.113549.1.1.11");

    public static RawAlgorithm RsaSha1 { get; } = Pkcs1(HashAlgorithmName.SHA1, "1.2.840.113549.1.1.5");

    public static RawAlgorithm RsaMd5 { get; } = Pkcs1(HashAlgorithmName.MD5, "1.2.840.113549.1.1.4");

    public static RawAlgorithm RsaPssSha256 { get; } = new(
        HashAlgorithmName.SHA256,
        RSASignaturePadding.Pss,
        RawDer.Sequence(
            RawDer.Oid("1.2.840.113549.1.1.10"),
            RawDer.Sequence(
                RawDer.Tagged(0, Sha256()),
                RawDer.Tagged(1, RawDer.Sequence(RawDer.Oid("1.2.840.113549.1.1.8"), Sha256())),
                RawDer.Tagged(2, RawDer.Number(32)))));

    private static byte[] Sha256() => RawDer.Sequence(RawDer.Oid("2.16.840.1.101.3.4.2.1"), RawDer.Null());

    private static RawAlgorithm Ecdsa(HashAlgorithmName hash, string oid) =>
        new(hash, null, RawDer.Sequence(RawDer.Oid(oid)));

    private static RawAlgorithm Pkcs1(HashAlgorithmName hash, string oid) =>
        new(hash, RSASignaturePadding.Pkcs1, RawDer.Sequence(RawDer.Oid(oid), RawDer.Null()));
}
