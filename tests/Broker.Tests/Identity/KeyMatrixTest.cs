using System.Numerics;
using System.Security.Cryptography;
using Broker.Identity.Certificates;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Identity;

/// <summary>Keys and algorithms: rows C of the matrix. C16 and C17 are in IdentityIndexTest.</summary>
public sealed class KeyMatrixTest
{
    private static readonly TestAuthority Rsa = TestAuthority.Root("rsa root", MatrixPki.Now, key: TestKey.Rsa());

    private static readonly Dictionary<string, (string? Code, Func<Presented> Make)> Rows = new()
    {
        ["C01 P-256"] = (null, () => Keyed(TestKey.Ec().Spki)),
        ["C01 P-384"] = (null, () => Keyed(TestKey.Ec(ECCurve.NamedCurves.nistP384).Spki)),
        ["C01 P-521"] = (null, () => Keyed(TestKey.Ec(ECCurve.NamedCurves.nistP521).Spki)),
        ["C02 RSA 2048"] = (null, () => Keyed(TestKey.Rsa().Spki)),
        ["C02 RSA 8192"] = (null, () => Keyed(FakeRsa(8192, 65537))),
        ["C02 signed with PSS SHA-256"] = (null, () => Signed(RawAlgorithm.RsaPssSha256)),
        ["C02 signed with ECDSA SHA-384"] = (
            null, () => new(MatrixPki.Root.Leaf(draft => draft.Algorithm = RawAlgorithm.EcdsaSha384))),
        ["C03 RSA 512"] = (ReasonCodes.WeakKey, () => Keyed(FakeRsa(512, 65537))),
        ["C03 RSA 1024"] = (ReasonCodes.WeakKey, () => Keyed(FakeRsa(1024, 65537))),
        ["C04 RSA 16384"] = (ReasonCodes.KeyTooLarge, () => Keyed(FakeRsa(16384, 65537))),
        ["C04 RSA 8200"] = (ReasonCodes.KeyTooLarge, () => Keyed(FakeRsa(8200, 65537))),
        ["C04 RSA 16384 on an intermediate"] = (ReasonCodes.KeyTooLarge, () => new(MatrixPki.Root.Leaf())
        {
            Extra = [MatrixPki.Root.Intermediate("huge", draft => draft.Spki = FakeRsa(16384, 65537)).Der],
        }),
        ["C05 modulus of 2052 bits"] = (ReasonCodes.WeakKey, () => Keyed(FakeRsa(2052, 65537))),
        ["C05 even modulus"] = (ReasonCodes.WeakKey, () => Keyed(FakeRsa(2048, 65537, 2))),
        ["C05 exponent 1"] = (ReasonCodes.WeakKey, () => Keyed(FakeRsa(2048, 1))),
        ["C05 exponent 4"] = (ReasonCodes.WeakKey, () => Keyed(FakeRsa(2048, 4))),
        ["C05 negative exponent"] = (ReasonCodes.WeakKey, () => Keyed(FakeRsa(2048, -3))),
        ["C05 exponent of 2000 bits"] = (
            ReasonCodes.WeakKey, () => Keyed(FakeRsa(2048, (BigInteger.One << 2000) + 1))),
        ["C06 P-192"] = (ReasonCodes.Curve, () => Keyed(Ec("1.2.840.10045.3.1.1", Point(24)))),
        ["C06 secp256k1"] = (ReasonCodes.Curve, () => Keyed(Ec("1.3.132.0.10", Point(32)))),
        ["C06 compressed point"] = (ReasonCodes.Curve, () => Keyed(Ec("1.2.840.10045.3.1.7", [2, .. new byte[32]]))),
        ["C07 explicit parameters"] = (ReasonCodes.CurveExplicit, () => Keyed(ExplicitCurve())),
        ["C08 DSA"] = (ReasonCodes.Algorithm, () => Keyed(Spki(
            RawDer.Sequence(RawDer.Oid("1.2.840.10040.4.1"), RawDer.Sequence(
                RawDer.Number(23), RawDer.Number(11), RawDer.Number(4))),
            RawDer.Number(8)))),
        ["C09 SHA-1 with RSA"] = (ReasonCodes.WeakHash, () => Signed(RawAlgorithm.RsaSha1)),
        ["C09 MD5 with RSA"] = (ReasonCodes.WeakHash, () => Signed(RawAlgorithm.RsaMd5)),
        ["C09 SHA-1 with ECDSA"] = (
            ReasonCodes.WeakHash, () => new(MatrixPki.Root.Leaf(draft => draft.Algorithm = RawAlgorithm.EcdsaSha1))),
        ["C10 SHA-1 on the intermediate"] = (ReasonCodes.WeakHash, () => WeakMiddle(RawAlgorithm.RsaSha1)),
        ["C10 MD5 on the intermediate"] = (ReasonCodes.WeakHash, () => WeakMiddle(RawAlgorithm.RsaMd5)),
        ["C11 SHA-1 on the root"] = (null, () =>
        {
            var old = TestAuthority.Root(
                "old root", MatrixPki.Now, draft => draft.Algorithm = RawAlgorithm.RsaSha1, TestKey.Rsa());
            return new(old.Leaf()) { Anchors = MatrixPki.Load(old.Pem) };
        }
        ),
        ["C12 Ed25519"] = (
            ReasonCodes.UnsupportedAlg, () => Keyed(Spki(RawDer.Sequence(RawDer.Oid("1.3.101.112")), new byte[32]))),
        ["C13 ML-DSA-44"] = (ReasonCodes.UnsupportedAlg, () => Keyed(Spki(
            RawDer.Sequence(RawDer.Oid("2.16.840.1.101.3.4.3.17")), new byte[1312]))),
        ["C14 inner and outer algorithm differ"] = (ReasonCodes.Malformed, () => new(MatrixPki.Root.Leaf(
            draft => draft.InnerAlgorithm = RawAlgorithm.EcdsaSha384.Identifier))),
        ["C15 denied key"] = (ReasonCodes.DeniedKey, () =>
        {
            var key = TestKey.Ec().Spki;
            return Keyed(key) with
            {
                Settings = ExaminerSettings.Default with
                {
                    DeniedKeys = new HashSet<Broker.Core.Names.KeyHash> { KeyHashes.OfSpki(key) },
                },
            };
        }
        ),
        ["C15 denied key of the issuer"] = (ReasonCodes.DeniedKey, () => new(MatrixPki.Root.Leaf())
        {
            Settings = ExaminerSettings.Default with
            {
                DeniedKeys = new HashSet<Broker.Core.Names.KeyHash> { KeyHashes.OfSpki(MatrixPki.Root.Key.Spki) },
            },
        }),
    };

    public static TheoryData<string> Ids => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Key(string id) => MatrixPki.Check(id, Rows[id]);

    private static Presented Keyed(byte[] spki) => new(MatrixPki.Root.Leaf(draft => draft.Spki = spki));

    private static Presented Signed(RawAlgorithm algorithm) => new(Rsa.Leaf(draft => draft.Algorithm = algorithm))
    {
        Anchors = MatrixPki.Load(Rsa.Pem),
    };

    private static Presented WeakMiddle(RawAlgorithm algorithm)
    {
        var middle = Rsa.Intermediate("weak middle", draft => draft.Algorithm = algorithm);
        return new(middle.Leaf()) { Extra = [middle.Der], Anchors = MatrixPki.Load(Rsa.Pem) };
    }

    private static byte[] Spki(byte[] algorithm, byte[] key) => RawDer.Sequence(algorithm, RawDer.BitString(key));

    /// <summary>A modulus of that many bits; nobody needs its factors to refuse it.</summary>
    private static byte[] FakeRsa(int bits, BigInteger exponent, int add = 1) => Spki(
        RawDer.Sequence(RawDer.Oid("1.2.840.113549.1.1.1"), RawDer.Null()),
        RawDer.Sequence(RawDer.Number((BigInteger.One << (bits - 1)) + add), RawDer.Number(exponent)));

    private static byte[] Point(int bytes) => [4, .. new byte[2 * bytes]];

    private static byte[] Ec(string curve, byte[] point) => Spki(
        RawDer.Sequence(RawDer.Oid("1.2.840.10045.2.1"), RawDer.Oid(curve)), point);

    private static byte[] ExplicitCurve()
    {
        using var named = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(named.ExportExplicitParameters(includePrivateParameters: false));
        return key.ExportSubjectPublicKeyInfo();
    }
}
