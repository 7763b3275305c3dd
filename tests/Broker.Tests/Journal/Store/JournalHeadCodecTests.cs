using System.Text;
using Broker.Core.Names;
using Broker.Journal.Store;
using Broker.Testing.Stores;
using Xunit;

namespace Broker.Tests.Journal.Store;

public sealed class JournalHeadCodecTests
{
    [Fact]
    public async Task A_head_is_read_back_and_any_changed_byte_is_refused()
    {
        await using var store = new FaultStore();
        var maker = await JournalMaker.CreateAsync(store);
        await maker.AppendAsync(6);
        var head = maker.Head with { Snapshot = new SnapshotReference(3, BlobHash.Parse(new string('a', 64))) };
        var bytes = JournalHeadCodec.Encode(head);
        Assert.Equal(bytes, JournalHeadCodec.Encode(JournalHeadCodec.Decode(bytes)));
        var text = Encoding.UTF8.GetString(bytes);
        foreach (var (from, to) in new[]
                 {
                     ("\"v\":1", "\"v\":2"), ("\"size\":7", "\"size\":8"), ("{", "{ "), ("}}", "}"),
                 })
        {
            var wrong = Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
            var error = Assert.Throws<JournalStoreException>(() => JournalHeadCodec.Decode(wrong));
            Assert.Equal("head_damaged", error.Code);
        }
    }

    [Fact]
    public async Task A_root_that_does_not_follow_from_the_range_is_refused()
    {
        await using var store = new FaultStore();
        var maker = await JournalMaker.CreateAsync(store);
        await maker.AppendAsync(2);
        var wrong = maker.Head with { Root = maker.Head.Range[0] };
        Assert.Throws<JournalStoreException>(() => JournalHeadCodec.Decode(JournalHeadCodec.Encode(wrong)));
    }

    [Theory]
    [InlineData("ipam.example.org/prod", true)]
    [InlineData("a", true)]
    [InlineData("", false)]
    [InlineData("https://ipam.example.org", false)]
    [InlineData("with space", false)]
    [InlineData("with+plus", false)]
    [InlineData("with\nnewline", false)]
    [InlineData("/begins-with-a-slash", false)]
    public void An_origin_can_name_a_log(string origin, bool good) =>
        Assert.Equal(good, LedgerGenesis.IsOrigin(origin));

    [Fact]
    public void An_origin_has_at_most_255_characters()
    {
        Assert.True(LedgerGenesis.IsOrigin(new string('a', 255)));
        Assert.False(LedgerGenesis.IsOrigin(new string('a', 256)));
    }
}
