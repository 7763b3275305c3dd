using System.Buffers;
using System.Security.Cryptography;

namespace Broker.Journal.Tree;

/// <summary>The hashes of the tree. Source: RFC 6962, section 2.1; the leaf is the raw bytes of the event.</summary>
public static class Merkle
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int StackBytesMax = 1 + 4096;

    /// <summary>The root of the tree without leaves: SHA-256 of nothing.</summary>
    public static MerkleHash EmptyRoot { get; } = MerkleHash.From(SHA256.HashData([]));

    /// <summary><c>SHA-256(0x00 || entry)</c>.</summary>
    public static MerkleHash Leaf(ReadOnlySpan<byte> entry)
    {
        var length = entry.Length + 1;
        if (length <= StackBytesMax)
        {
            Span<byte> stack = stackalloc byte[StackBytesMax];
            return Prefixed(stack[..length], entry);
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return Prefixed(rented.AsSpan(0, length), entry);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary><c>SHA-256(0x01 || left || right)</c>.</summary>
    public static MerkleHash Node(MerkleHash left, MerkleHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * MerkleHash.Bytes)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + MerkleHash.Bytes)..]);
        return Hash(input);
    }

    private static MerkleHash Prefixed(Span<byte> input, ReadOnlySpan<byte> entry)
    {
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        return Hash(input);
    }

    private static MerkleHash Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> output = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(input, output); // The number of bytes written is always 32.
        return MerkleHash.From(output);
    }
}
