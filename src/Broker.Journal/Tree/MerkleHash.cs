using System.Buffers.Binary;
using System.Globalization;

namespace Broker.Journal.Tree;

/// <summary>A SHA-256 value of the tree: a leaf, a node or a root.</summary>
public readonly record struct MerkleHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Bytes = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private MerkleHash(UInt128 high, UInt128 low) => (_high, _low) = (high, low);

    /// <summary>Takes 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are fewer or more.</exception>
    public static MerkleHash From(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Bytes
            ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
            : throw new ArgumentException($"A hash is {Bytes} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Reads 64 lower-case hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MerkleHash hash)
    {
        hash = default;
        if (text.Length != Bytes * 2 || text.ContainsAnyInRange('A', 'Z')
            || !UInt128.TryParse(text[..32], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            || !UInt128.TryParse(text[32..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
        {
            return false;
        }

        hash = new MerkleHash(high, low);
        return true;
    }

    /// <summary>Writes 32 bytes.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], _low);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Bytes];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
