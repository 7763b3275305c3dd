using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;

namespace Broker.Testing.Pki;

/// <summary>Makes the second form of an ECDSA P-256 signature: n - s verifies wherever s does.</summary>
public static class Malleability
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    /// <summary>The same certificate in other bytes; it verifies and has another hash.</summary>
    public static byte[] Alter(byte[] certificate)
    {
        var outer = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence();
        var tbs = outer.ReadEncodedValue().ToArray();
        var algorithm = outer.ReadEncodedValue().ToArray();
        var signature = new AsnReader(outer.ReadBitString(out _), AsnEncodingRules.DER).ReadSequence();
        var r = signature.ReadInteger();
        var s = signature.ReadInteger();
        return RawDer.Sequence(
            tbs, algorithm, RawDer.BitString(RawDer.Sequence(RawDer.Number(r), RawDer.Number(Order - s))));
    }
}
