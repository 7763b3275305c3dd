using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Broker.Testing.Pki;

/// <summary>Writes DER piece by piece, so that every odd encoding can be made. Source: X.690.</summary>
public static class RawDer
{
    public static byte[] Tlv(byte tag, params IReadOnlyList<byte[]> parts)
    {
        var content = parts.SelectMany(part => part).ToArray();
        return [tag, .. Length(content.Length), .. content];
    }

    public static byte[] Sequence(params IReadOnlyList<byte[]> parts) => Tlv(0x30, parts);

    public static byte[] Set(params IReadOnlyList<byte[]> parts) => Tlv(0x31, parts);

    /// <summary>An explicit context tag.</summary>
    public static byte[] Tagged(int number, params IReadOnlyList<byte[]> parts) => Tlv((byte)(0xA0 + number), parts);

    public static byte[] Number(BigInteger value) => Tlv(0x02, value.ToByteArray(isBigEndian: true));

    public static byte[] Boolean(bool value) => Tlv(0x01, [value ? (byte)0xFF : (byte)0x00]);

    public static byte[] Null() => [0x05, 0x00];

    public static byte[] OctetString(byte[] content) => Tlv(0x04, content);

    public static byte[] BitString(byte[] content, byte unusedBits = 0) => Tlv(0x03, [unusedBits], content);

    public static byte[] Oid(string value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(value);
        return writer.Encode();
    }

    public static byte[] Utf8(string text) => Tlv(0x0C, Encoding.UTF8.GetBytes(text));

    public static byte[] Printable(string text) => Tlv(0x13, Encoding.ASCII.GetBytes(text));

    public static byte[] Teletex(string text) => Tlv(0x14, Encoding.Latin1.GetBytes(text));

    public static byte[] Bmp(string text) => Tlv(0x1E, Encoding.BigEndianUnicode.GetBytes(text));

    public static byte[] UtcTime(DateTimeOffset time) =>
        Tlv(0x17, Encoding.ASCII.GetBytes(time.UtcDateTime.ToString("yyMMddHHmmss'Z'", CultureInfo.InvariantCulture)));

    public static byte[] GeneralizedTime(DateTimeOffset time) => Tlv(
        0x18, Encoding.ASCII.GetBytes(time.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture)));

    /// <summary>UTCTime before 2050, GeneralizedTime from then on (RFC 5280 section 4.1.2.5).</summary>
    public static byte[] Time(DateTimeOffset time) => time.Year < 2050 ? UtcTime(time) : GeneralizedTime(time);

    private static byte[] Length(int length) => length switch
    {
        < 0x80 => [(byte)length],
        <= 0xFF => [0x81, (byte)length],
        <= 0xFFFF => [0x82, (byte)(length >> 8), (byte)length],
        _ => [0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };
}
