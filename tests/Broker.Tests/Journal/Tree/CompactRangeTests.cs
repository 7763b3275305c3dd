using Broker.Journal.Tree;
using Xunit;

namespace Broker.Tests.Journal.Tree;

public sealed class CompactRangeTests
{
    [Fact]
    public void Each_root_is_the_one_of_the_recursive_definition()
    {
        var leaves = Enumerable.Range(0, 300).Select(i => Merkle.Leaf(BitConverter.GetBytes(i))).ToArray();
        var range = new CompactRange();
        for (var size = 0; size <= leaves.Length; size++)
        {
            Assert.Equal(Root(leaves.AsSpan(0, size)), range.Root());
            Assert.Equal(size, range.Size);
            if (size < leaves.Length)
            {
                range.Append(leaves[size]);
            }
        }
    }

    [Fact]
    public void A_range_that_was_written_down_goes_on_alike()
    {
        var whole = new CompactRange();
        for (var i = 0; i < 100; i++)
        {
            var resumed = new CompactRange(whole.Size, [.. whole.Nodes]);
            var leaf = Merkle.Leaf(BitConverter.GetBytes(i));
            whole.Append(leaf);
            resumed.Append(leaf);
            Assert.Equal(whole.Root(), resumed.Root());
        }
    }

    [Fact]
    public void A_range_with_a_node_too_few_is_refused() =>
        Assert.Throws<ArgumentException>(() => new CompactRange(3, [Merkle.EmptyRoot]));

    // RFC 6962, section 2.1, word for word.
    private static MerkleHash Root(ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.Length == 0 ? Merkle.EmptyRoot : leaves[0];
        }

        var k = 1;
        while (k * 2 < leaves.Length)
        {
            k *= 2;
        }

        return Merkle.Node(Root(leaves[..k]), Root(leaves[k..]));
    }
}
