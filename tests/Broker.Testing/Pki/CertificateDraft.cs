using System.Numerics;
using System.Security.Cryptography;

namespace Broker.Testing.Pki;

/// <summary>
/// A certificate about to be signed, every field open. It starts as the good leaf of a kubelet; a case changes one
/// thing.
/// </summary>
public sealed class CertificateDraft
{
    /// <summary>The number in the version field: 2 is version 3; null leaves it out (version 1).</summary>
    public int? VersionNumber { get; set; } = 2;

    public BigInteger Serial { get; set; } =
        new(RandomNumberGenerator.GetBytes(15), isUnsigned: true, isBigEndian: true);

    public byte[] Subject { get; set; } = RawName.Node("n1");

    public byte[]? Issuer { get; set; }

    public required DateTimeOffset NotBefore { get; set; }

    public required DateTimeOffset NotAfter { get; set; }

    public byte[]? NotBeforeDer { get; set; }

    public byte[] Spki { get; set; } = TestKey.Ec().Spki;

    public RawAlgorithm? Algorithm { get; set; }

    /// <summary>Differs from the outer one only in the case that is about this.</summary>
    public byte[]? InnerAlgorithm { get; set; }

    /// <summary>By object identifier, in order; the same key twice is written twice.</summary>
    public List<(string Oid, byte[] Der)> Extensions { get; } =
    [
        (RawExtension.KeyUsage, RawExtension.Usage(true, 0)),
        (RawExtension.ExtendedKeyUsage, RawExtension.ExtendedUsage(false, RawExtension.ClientAuth)),
        (RawExtension.BasicConstraints, RawExtension.Constraints(false)),
    ];

    public CertificateDraft Without(string oid)
    {
        _ = Extensions.RemoveAll(item => item.Oid == oid);
        return this;
    }

    /// <summary>Replaces the extension of that identifier, or adds it.</summary>
    public CertificateDraft With(string oid, byte[] der)
    {
        var at = Extensions.FindIndex(item => item.Oid == oid);
        if (at < 0)
        {
            Extensions.Add((oid, der));
        }
        else
        {
            Extensions[at] = (oid, der);
        }

        return this;
    }

    /// <summary>The signed certificate in DER.</summary>
    public byte[] Sign(byte[] issuer, TestKey key)
    {
        var algorithm = Algorithm
            ?? (key.Algorithm is RSA ? RawAlgorithm.RsaSha256 : RawAlgorithm.EcdsaSha256);
        var tbs = RawDer.Sequence(
            VersionNumber is { } version ? RawDer.Tagged(0, RawDer.Number(version)) : [],
            RawDer.Number(Serial),
            InnerAlgorithm ?? algorithm.Identifier,
            Issuer ?? issuer,
            RawDer.Sequence(NotBeforeDer ?? RawDer.Time(NotBefore), RawDer.Time(NotAfter)),
            Subject,
            Spki,
            VersionNumber == 2 && Extensions.Count > 0
                ? RawDer.Tagged(3, RawDer.Sequence([.. Extensions.Select(item => item.Der)]))
                : []);
        return RawDer.Sequence(tbs, algorithm.Identifier, RawDer.BitString(key.Sign(tbs, algorithm)));
    }
}
