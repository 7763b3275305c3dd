using System.Numerics;
using Broker.Identity.Reasons;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Identity;

/// <summary>
/// Serial and encoding: rows F of the matrix. F04 is in IdentityIndexTest, F10 and F11 in CsrExaminerTest.
/// </summary>
public sealed class EncodingMatrixTest
{
    private static readonly Dictionary<string, (string? Code, Func<byte[]> Make)> Rows = new()
    {
        ["F01 serial 0"] = (ReasonCodes.Serial, () => Serial(0)),
        ["F02 negative serial"] = (ReasonCodes.Serial, () => Serial(-5)),
        ["F03 serial of 21 octets"] = (ReasonCodes.Serial, () => Serial(BigInteger.One << 160)),
        ["F03 serial of 20 octets"] = (null, () => Serial(BigInteger.One << 158)),
        ["F05 trailing bytes"] = (ReasonCodes.Encoding, () => [.. MatrixPki.Root.Leaf(), 0]),
        ["F06 non-minimal length"] = (ReasonCodes.Malformed, NonMinimal),
        ["F06 indefinite length"] = (ReasonCodes.Malformed, () =>
        {
            var leaf = MatrixPki.Root.Leaf();
            return [0x30, 0x80, .. leaf[4..], 0, 0];
        }
        ),
        ["F06 a default written out"] = (ReasonCodes.Malformed, () => MatrixPki.Root.Leaf(draft => draft.With(
            RawExtension.BasicConstraints,
            RawExtension.Of(RawExtension.BasicConstraints, true, RawDer.Sequence(RawDer.Boolean(false)))))),
        ["F07 malformed SPKI"] = (ReasonCodes.Malformed, () => MatrixPki.Root.Leaf(
            draft => draft.Spki = RawDer.Sequence(RawDer.Number(1)))),
        ["F07 malformed RSA key"] = (ReasonCodes.Malformed, () => MatrixPki.Root.Leaf(draft => draft.Spki =
            RawDer.Sequence(
                RawDer.Sequence(RawDer.Oid("1.2.840.113549.1.1.1"), RawDer.Null()), RawDer.BitString([1, 2, 3])))),
        ["F07 malformed key usage"] = (ReasonCodes.Malformed, () => MatrixPki.Root.Leaf(draft => draft.With(
            RawExtension.KeyUsage, RawExtension.Of(RawExtension.KeyUsage, true, [0xFF, 0xFF])))),
        ["F07 malformed extended key usage"] = (ReasonCodes.Malformed, () => MatrixPki.Root.Leaf(draft => draft.With(
            RawExtension.ExtendedKeyUsage, RawExtension.Of(RawExtension.ExtendedKeyUsage, false, [0x30, 0x05])))),
        ["F07 bytes behind an extension's value"] = (ReasonCodes.Malformed, () => MatrixPki.Root.Leaf(
            draft => draft.With(
                RawExtension.BasicConstraints,
                RawExtension.Of(RawExtension.BasicConstraints, true, [0x30, 0x00, 0x05, 0x00])))),
        ["F07 empty"] = (ReasonCodes.Malformed, () => []),
        ["F07 not a certificate"] = (ReasonCodes.Malformed, () => "hello"u8.ToArray()),
        ["F08 64 KB"] = (ReasonCodes.TooLarge, () => MatrixPki.Root.Leaf(draft => draft.With(
            "1.2.3.4.5", RawExtension.Of("1.2.3.4.5", false, RawDer.OctetString(new byte[64 * 1024]))))),
    };

    public static TheoryData<string> Ids => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Encoding(string id) => MatrixPki.Check(id, (Rows[id].Code, () => new(Rows[id].Make())));

    [Fact]
    public void A_serial_number_is_whole_bytes_without_a_leading_zero()
    {
        var result = MatrixPki.Examine(new(Serial(new BigInteger([0x80, 0x01], isUnsigned: true, isBigEndian: true))));
        Assert.Equal("8001", result.Certificate?.Serial);
    }

    [Fact]
    public void F08_size_is_checked_before_anything_is_parsed()
    {
        var result = MatrixPki.Examine(new(new byte[1024 * 1024]));
        Assert.Equal(ReasonCodes.TooLarge, result.Refusal?.Code);
    }

    private static byte[] Serial(BigInteger serial) => MatrixPki.Root.Leaf(draft => draft.Serial = serial);

    /// <summary>The outer length in three bytes where two are enough.</summary>
    private static byte[] NonMinimal()
    {
        var leaf = MatrixPki.Root.Leaf();
        return [0x30, 0x83, 0x00, leaf[2], leaf[3], .. leaf[4..]];
    }
}
