using System.Formats.Asn1;

namespace Broker.Identity.Der;

/// <summary>
/// Reads <c>Extensions ::= SEQUENCE OF Extension</c> and the values that the rules look into. Source: RFC 5280
/// sections 4.1 and 4.2.1. A value that does not fill its wrapper, or a default that is written out, is not DER.
/// </summary>
internal static class DerExtensions
{
    internal static IReadOnlyList<DerExtension> Read(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        var list = new List<DerExtension>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            var item = sequence.ReadSequence();
            var oid = item.ReadObjectIdentifier();
            var critical = ReadTrueOrAbsent(item);
            list.Add(new DerExtension(oid, critical, item.ReadOctetString()));
            item.ThrowIfNotEmpty();
            if (!seen.Add(oid))
            {
                throw new AsnContentException($"The extension {oid} appears twice.");
            }
        }
        while (sequence.HasData);
        return list;
    }

    /// <summary>Basic constraints: CA or not, and the path length.</summary>
    internal static (bool IsCa, int? PathLength) ReadBasicConstraints(ReadOnlyMemory<byte> value)
    {
        var sequence = Open(value);
        var isCa = ReadTrueOrAbsent(sequence);
        int? length = null;
        if (sequence.HasData)
        {
            if (!sequence.TryReadInt32(out var number) || number < 0)
            {
                throw new AsnContentException("The path length is not a small number.");
            }

            length = number;
        }

        sequence.ThrowIfNotEmpty();
        return (isCa, length);
    }

    /// <summary>Key usage bits, numbered as in RFC 5280 section 4.2.1.3: bit 0 is digitalSignature.</summary>
    internal static int ReadKeyUsage(ReadOnlyMemory<byte> value)
    {
        var reader = new AsnReader(value, AsnEncodingRules.DER);
        var bits = reader.ReadNamedBitList();
        reader.ThrowIfNotEmpty();
        var usage = 0;
        for (var i = 0; i < bits.Length; i++)
        {
            if (bits[i])
            {
                usage |= i < 31 ? 1 << i : throw new AsnContentException("A key usage of more than nine bits.");
            }
        }

        return usage;
    }

    /// <summary>The object identifiers of an extended key usage; at least one.</summary>
    internal static IReadOnlyList<string> ReadExtendedKeyUsage(ReadOnlyMemory<byte> value)
    {
        var sequence = Open(value);
        var list = new List<string>();
        do
        {
            list.Add(sequence.ReadObjectIdentifier());
        }
        while (sequence.HasData);
        return list;
    }

    /// <summary>Reads every extension that is known, for its form alone.</summary>
    internal static void CheckForms(IReadOnlyList<DerExtension> extensions)
    {
        foreach (var extension in extensions)
        {
            switch (extension.Oid)
            {
                case Oids.BasicConstraints:
                    _ = ReadBasicConstraints(extension.Value);
                    break;
                case Oids.KeyUsage:
                    _ = ReadKeyUsage(extension.Value);
                    break;
                case Oids.ExtendedKeyUsage:
                    _ = ReadExtendedKeyUsage(extension.Value);
                    break;
                case Oids.AuthorityKeyIdentifier or Oids.SubjectKeyIdentifier:
                    CheckKeyIdentifier(extension);
                    break;
                default:
                    // Whether others may be there at all is for the profile to say.
                    break;
            }
        }
    }

    /// <summary>The key identifiers are looked at for their form only; they never decide anything.</summary>
    private static void CheckKeyIdentifier(DerExtension extension)
    {
        var reader = new AsnReader(extension.Value, AsnEncodingRules.DER);
        _ = extension.Oid == Oids.SubjectKeyIdentifier
            ? reader.ReadOctetString().Length
            : reader.ReadSequence().PeekEncodedValue().Length;
        reader.ThrowIfNotEmpty();
    }

    private static AsnReader Open(ReadOnlyMemory<byte> value)
    {
        var reader = new AsnReader(value, AsnEncodingRules.DER);
        var sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        return sequence;
    }

    private static bool ReadTrueOrAbsent(AsnReader reader)
    {
        if (!reader.HasData || !reader.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean))
        {
            return false;
        }

        return reader.ReadBoolean() ? true : throw new AsnContentException("A default value is written out.");
    }
}
