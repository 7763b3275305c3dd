using System.Formats.Asn1;
using System.Numerics;

namespace Broker.Identity.Der;

/// <summary>
/// A certificate taken apart by the rules of DER, nothing interpreted yet. Source: RFC 5280 section 4.1.
/// Reading throws <see cref="AsnContentException"/> on anything else.
/// </summary>
internal sealed record DerCertificate(
    ReadOnlyMemory<byte> Raw,
    int Version,
    BigInteger Serial,
    int SerialOctets,
    ReadOnlyMemory<byte> InnerAlgorithm,
    ReadOnlyMemory<byte> OuterAlgorithm,
    ReadOnlyMemory<byte> Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    ReadOnlyMemory<byte> Subject,
    ReadOnlyMemory<byte> Spki,
    IReadOnlyList<DerExtension> Extensions)
{
    /// <summary>Lower-case hexadecimal, whole bytes, without a leading zero byte.</summary>
    internal string SerialHex => Convert.ToHexStringLower(Serial.ToByteArray(isUnsigned: true, isBigEndian: true));

    internal DerExtension? Find(string oid)
    {
        foreach (var extension in Extensions)
        {
            if (extension.Oid == oid)
            {
                return extension;
            }
        }

        return null;
    }

    internal static DerCertificate Read(ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var outer = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var tbs = outer.ReadSequence();
        var version = ReadVersion(tbs);
        var serialBytes = tbs.PeekContentBytes();
        var serial = tbs.ReadInteger();
        var inner = ReadRawSequence(tbs);
        var issuer = ReadRawSequence(tbs);
        var validity = tbs.ReadSequence();
        var notBefore = ReadTime(validity);
        var notAfter = ReadTime(validity);
        validity.ThrowIfNotEmpty();
        var subject = ReadRawSequence(tbs);
        var spki = ReadRawSequence(tbs);
        var extensions = ReadExtensions(tbs, version);
        tbs.ThrowIfNotEmpty();

        var outerAlgorithm = ReadRawSequence(outer);
        _ = outer.ReadBitString(out var unusedBits);
        outer.ThrowIfNotEmpty();
        if (unusedBits != 0 || !inner.Span.SequenceEqual(outerAlgorithm.Span))
        {
            throw new AsnContentException("The signature algorithms inside and outside differ.");
        }

        return new DerCertificate(
            der, version, serial, serialBytes.Length, inner, outerAlgorithm, issuer, notBefore, notAfter, subject,
            spki, extensions);
    }

    private static int ReadVersion(AsnReader tbs)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        if (tbs.PeekTag() != tag)
        {
            return 1;
        }

        var wrapper = tbs.ReadSequence(tag);
        if (!wrapper.TryReadInt32(out var value) || value is < 1 or > 2)
        {
            throw new AsnContentException("The version is not one of X.509.");
        }

        wrapper.ThrowIfNotEmpty();
        return value + 1;
    }

    private static DateTimeOffset ReadTime(AsnReader reader)
    {
        if (reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime))
        {
            return reader.ReadUtcTime(twoDigitYearMax: 2049);
        }

        // RFC 5280 section 4.1.2.5.2: fifteen characters, no fractions of a second.
        return reader.PeekContentBytes().Length == 15
            ? reader.ReadGeneralizedTime()
            : throw new AsnContentException("A time has whole seconds.");
    }

    private static ReadOnlyMemory<byte> ReadRawSequence(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence)
            ? reader.ReadEncodedValue()
            : throw new AsnContentException("A sequence was expected.");

    private static IReadOnlyList<DerExtension> ReadExtensions(AsnReader tbs, int version)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, 3, isConstructed: true);
        if (!tbs.HasData || tbs.PeekTag() != tag)
        {
            // Unique identifiers, tags 1 and 2, are left unread: the caller finds data behind and refuses.
            return [];
        }

        var wrapper = tbs.ReadSequence(tag);
        var list = DerExtensions.Read(wrapper);
        wrapper.ThrowIfNotEmpty();
        return version == 3 ? list : throw new AsnContentException("Extensions need version 3.");
    }
}
