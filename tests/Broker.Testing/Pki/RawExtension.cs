using System.Text;

namespace Broker.Testing.Pki;

/// <summary>Writes extensions, good and odd.</summary>
public static class RawExtension
{
    public const string BasicConstraints = "2.5.29.19";
    public const string KeyUsage = "2.5.29.15";
    public const string ExtendedKeyUsage = "2.5.29.37";
    public const string SubjectAltName = "2.5.29.17";
    public const string SubjectKeyId = "2.5.29.14";
    public const string AuthorityKeyId = "2.5.29.35";
    public const string NameConstraints = "2.5.29.30";
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";

    public static byte[] Of(string oid, bool critical, byte[] value) => critical
        ? RawDer.Sequence(RawDer.Oid(oid), RawDer.Boolean(true), RawDer.OctetString(value))
        : RawDer.Sequence(RawDer.Oid(oid), RawDer.OctetString(value));

    public static byte[] Constraints(bool isCa, int? pathLength = null, bool critical = true) => Of(
        BasicConstraints,
        critical,
        RawDer.Sequence(
            isCa ? RawDer.Boolean(true) : [],
            pathLength is { } length ? RawDer.Number(length) : []));

    /// <summary>
    /// Bits as RFC 5280 numbers them: 0 digitalSignature, 2 keyEncipherment, 5 keyCertSign, 6 cRLSign.
    /// </summary>
    public static byte[] Usage(bool critical, params IReadOnlyList<int> bits)
    {
        var value = bits.Aggregate(0, (sum, bit) => sum | (0x80 >> bit));
        var unused = bits.Count == 0 ? 0 : 7 - bits.Max();
        return Of(KeyUsage, critical, RawDer.BitString([(byte)value], (byte)unused));
    }

    public static byte[] ExtendedUsage(bool critical, params IReadOnlyList<string> oids) =>
        Of(ExtendedKeyUsage, critical, RawDer.Sequence([.. oids.Select(RawDer.Oid)]));

    public static byte[] Subject(byte[] keyId) => Of(SubjectKeyId, false, RawDer.OctetString(keyId));

    public static byte[] Authority(byte[] keyId) =>
        Of(AuthorityKeyId, false, RawDer.Sequence(RawDer.Tlv(0x80, keyId)));

    /// <summary>Tag 1 is a mail address, 2 a DNS name, 6 a URI, 7 an address.</summary>
    public static byte[] AltName(int tag, byte[] value) =>
        Of(SubjectAltName, false, RawDer.Sequence(RawDer.Tlv((byte)(0x80 + tag), value)));

    public static byte[] AltName(int tag, string value) => AltName(tag, Encoding.ASCII.GetBytes(value));

    public static byte[] IssuerUrl(string url) => Of(
        "1.3.6.1.5.5.7.1.1",
        false,
        RawDer.Sequence(RawDer.Sequence(
            RawDer.Oid("1.3.6.1.5.5.7.48.2"), RawDer.Tlv(0x86, Encoding.ASCII.GetBytes(url)))));

    public static byte[] CrlUrl(string url) => Of(
        "2.5.29.31",
        false,
        RawDer.Sequence(RawDer.Sequence(
            RawDer.Tagged(0, RawDer.Tagged(0, RawDer.Tlv(0x86, Encoding.ASCII.GetBytes(url)))))));
}
