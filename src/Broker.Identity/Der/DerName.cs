using System.Formats.Asn1;

namespace Broker.Identity.Der;

/// <summary>Reads an RDNSequence attribute by attribute; a subject is never compared as a formatted string.</summary>
internal static class DerName
{
    internal static IReadOnlyList<DerAttribute> Read(ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var parts = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var attributes = new List<DerAttribute>();
        for (var rdn = 0; parts.HasData; rdn++)
        {
            var part = parts.ReadSetOf();
            do
            {
                var attribute = part.ReadSequence();
                var oid = attribute.ReadObjectIdentifier();
                attributes.Add(new DerAttribute(rdn, oid, ReadText(attribute)));
                attribute.ThrowIfNotEmpty();
            }
            while (part.HasData);
        }

        return attributes;
    }

    private static string? ReadText(AsnReader reader)
    {
        var tag = reader.PeekTag();
        if (tag.TagClass == TagClass.Universal
            && (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UTF8String
                or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String)
        {
            return reader.ReadCharacterString((UniversalTagNumber)tag.TagValue);
        }

        _ = reader.ReadEncodedValue();
        return null;
    }
}
