using System.Numerics;

namespace Broker.Journal.Tree;

/// <summary>
/// The hashes of the perfect subtrees that cover the first <see cref="Size"/> leaves, largest first: one for each set
/// bit of the size. All that is needed to append and to know the root, in at most 63 hashes.
/// </summary>
public sealed class CompactRange
{
    private readonly List<MerkleHash> _nodes;

    /// <summary>Covers nothing.</summary>
    public CompactRange() => _nodes = [];

    /// <summary>Goes on from a range that was written down.</summary>
    /// <exception cref="ArgumentException">The size is negative or has another number of set bits.</exception>
    public CompactRange(long size, IReadOnlyCollection<MerkleHash> nodes)
    {
        if (size < 0 || BitOperations.PopCount((ulong)size) != nodes.Count)
        {
            throw new ArgumentException($"A range of {size} leaves does not have {nodes.Count} nodes.", nameof(nodes));
        }

        (Size, _nodes) = (size, [.. nodes]);
    }

    /// <summary>The number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The subtree hashes, largest first. Changes with <see cref="Append"/>: copy what is kept.</summary>
    public IReadOnlyList<MerkleHash> Nodes => _nodes;

    /// <summary>Adds one leaf hash.</summary>
    public void Append(MerkleHash leaf)
    {
        var node = leaf;
        for (var below = Size; (below & 1) == 1; below >>= 1)
        {
            node = Merkle.Node(_nodes[^1], node);
            _nodes.RemoveAt(_nodes.Count - 1);
        }

        _nodes.Add(node);
        Size++;
    }

    /// <summary>The root of the leaves so far.</summary>
    public MerkleHash Root()
    {
        if (_nodes.Count == 0)
        {
            return Merkle.EmptyRoot;
        }

        var root = _nodes[^1];
        for (var i = _nodes.Count - 2; i >= 0; i--)
        {
            root = Merkle.Node(_nodes[i], root);
        }

        return root;
    }
}
