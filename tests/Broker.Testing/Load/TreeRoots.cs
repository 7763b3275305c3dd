using System.Security.Cryptography;

namespace Broker.Testing.Load;

/// <summary>
/// The RFC 6962 (section 2.1) roots of a growing list of leaves, written apart from the product's own so that a fault
/// in that one is seen.
/// </summary>
public sealed class TreeRoots
{
    private readonly Stack<(int Height, byte[] Hash)> subtrees = new();
    private readonly List<byte[]> roots = [SHA256.HashData([])];

    /// <summary>Number of leaves.</summary>
    public long Size => roots.Count - 1;

    /// <summary>The root of the first so many leaves, lower-case hexadecimal.</summary>
    public string RootAt(long size) => Convert.ToHexStringLower(roots[(int)size]);

    /// <summary>Adds a leaf: the bytes of one event.</summary>
    public void Append(ReadOnlySpan<byte> leaf)
    {
        var (height, hash) = (0, SHA256.HashData([0, .. leaf]));
        while (subtrees.TryPeek(out var left) && left.Height == height)
        {
            hash = Join(subtrees.Pop().Hash, hash);
            height++;
        }

        subtrees.Push((height, hash));
        // A stack is read from its top: from the smallest subtree, on the right, to the largest.
        roots.Add(subtrees.Select(each => each.Hash).Aggregate((right, left) => Join(left, right)));
    }

    private static byte[] Join(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
