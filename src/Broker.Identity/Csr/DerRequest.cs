using System.Formats.Asn1;
using Broker.Identity.Der;

namespace Broker.Identity.Csr;

/// <summary>
/// A PKCS#10 request taken apart by the rules of DER. <c>Extensions</c> is what an extensionRequest asks for. Source:
/// RFC 2986 section 4, RFC 2985 section 5.4.2.
/// </summary>
internal sealed record DerRequest(
    ReadOnlyMemory<byte> Subject,
    ReadOnlyMemory<byte> Spki,
    IReadOnlyList<DerExtension> Extensions,
    ReadOnlyMemory<byte> Algorithm)
{
    internal static DerRequest Read(ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var outer = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var info = outer.ReadSequence();
        if (!info.TryReadInt32(out var version) || version != 0)
        {
            throw new AsnContentException("The version of a request is 0.");
        }

        var subject = info.ReadEncodedValue();
        var spki = info.ReadEncodedValue();
        var extensions = ReadAttributes(info);
        info.ThrowIfNotEmpty();
        var algorithm = outer.ReadEncodedValue();
        _ = outer.ReadBitString(out var unusedBits);
        outer.ThrowIfNotEmpty();
        return unusedBits == 0
            ? new DerRequest(subject, spki, extensions, algorithm)
            : throw new AsnContentException("A signature is whole bytes.");
    }

    private static List<DerExtension> ReadAttributes(AsnReader info)
    {
        // Tag 0 is demanded by the standard; some makers leave it out when there are no attributes.
        if (!info.HasData)
        {
            return [];
        }

        var extensions = new List<DerExtension>();
        var attributes = info.ReadSetOf(
            skipSortOrderValidation: true, new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true));
        while (attributes.HasData)
        {
            var attribute = attributes.ReadSequence();
            var oid = attribute.ReadObjectIdentifier();
            var values = attribute.ReadSetOf(skipSortOrderValidation: true);
            attribute.ThrowIfNotEmpty();
            if (oid == Oids.ExtensionRequest)
            {
                extensions.AddRange(DerExtensions.Read(values));
                values.ThrowIfNotEmpty();
            }
        }

        return extensions;
    }
}
