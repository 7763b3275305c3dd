using System.Text;
using Broker.Journal.Tree;
using Xunit;

namespace Broker.Tests.Journal.Tree;

public sealed class MerkleTests
{
    // The leaves of the classic CT tree; leaf and roots as published with it.
    private static readonly string[] Leaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void The_leaf_of_a_known_entry_is_the_published_one() =>
        Assert.Equal(
            "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
            Merkle.Leaf(Encoding.ASCII.GetBytes("L123456")).ToString());

    [Fact]
    public void The_roots_of_the_classic_tree_are_the_published_ones()
    {
        var range = new CompactRange();
        for (var size = 0; size < Roots.Length; size++)
        {
            Assert.Equal(Roots[size], range.Root().ToString());
            if (size < Leaves.Length)
            {
                range.Append(Merkle.Leaf(Convert.FromHexString(Leaves[size])));
            }
        }
    }

    [Fact]
    public void A_leaf_longer_than_an_event_is_hashed_alike()
    {
        var entry = new byte[10_000];
        byte[] prefixed = [0, .. entry];
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(prefixed)),
            Merkle.Leaf(entry).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("6E340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01")]
    [InlineData("ge340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    public void A_hash_has_one_text_only(string text) => Assert.False(MerkleHash.TryParse(text, out _));

    [Fact]
    public void A_hash_survives_text_and_bytes()
    {
        Assert.True(MerkleHash.TryParse(Roots[8], out var hash));
        Assert.Equal(Roots[8], hash.ToString());
        Assert.Equal(hash, MerkleHash.From(hash.ToArray()));
    }
}
