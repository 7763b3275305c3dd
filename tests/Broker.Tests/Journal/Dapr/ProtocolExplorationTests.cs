using Broker.Tests.Journal.Dapr.Exploring;
using Xunit;

namespace Broker.Tests.Journal.Dapr;

/// <summary>
/// Every order of events that a few writers can meet, with the machines that the store runs; and the protocols that
/// look as good, in each of which the same exploration finds what is lost.
/// </summary>
public sealed class ProtocolExplorationTests
{
    private static readonly ExplorerBounds wholeOfTwo = new(Writers: 2, Batches: 2, Sends: 1, Claims: 1, Repeats: 1);
    private static readonly ExplorerBounds threeWriters = new(Writers: 3, Batches: 1, Sends: 1, Claims: 1, Repeats: 0);

    [Theory]
    [InlineData("Atomic")]
    [InlineData("Redis")]
    [InlineData("Independent")]
    public void Two_writers_lose_nothing(string store)
    {
        var explored = Explore(Protocols.InlineTail, store, wholeOfTwo);

        Assert.Null(explored.Loss);
        Assert.Equal(4, explored.Commits);
    }

    /// <summary>Runs by itself only, with <c>-explicit only</c>: it takes many minutes.</summary>
    [Theory(Explicit = true)]
    [InlineData("Atomic")]
    [InlineData("Redis")]
    [InlineData("Independent")]
    public void Three_writers_lose_nothing(string store)
    {
        var explored = Explore(Protocols.InlineTail, store, threeWriters);

        Assert.Null(explored.Loss);
        Assert.Equal(3, explored.Commits);
    }

    [Theory]
    [InlineData("Atomic")]
    [InlineData("Redis")]
    [InlineData("Independent")]
    public void A_writer_that_believes_replies_loses_what_was_acknowledged(string store)
    {
        var explored = Explore(Protocols.BelievesReplies, store, wholeOfTwo);

        Assert.Contains("was acknowledged", explored.Loss, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Atomic", "was acknowledged")]
    [InlineData("Redis", "cannot be read")]
    [InlineData("Independent", "cannot be read")]
    public void A_transaction_without_reading_back_loses_something_on_every_store(string store, string loss)
    {
        var explored = Explore(Protocols.Transaction | Protocols.BelievesReplies, store, wholeOfTwo);

        Assert.Contains(loss, explored.Loss, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Independent")]
    public void A_transaction_that_is_read_back_is_still_torn_where_a_refusal_undoes_nothing(string store)
    {
        var explored = Explore(Protocols.Transaction, store, wholeOfTwo);

        Assert.Contains("cannot be read", explored.Loss, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Atomic")]
    [InlineData("Redis")]
    [InlineData("Independent")]
    public void A_batch_that_is_not_read_back_before_the_head_moves_on_is_a_hole(string store)
    {
        var explored = Explore(Protocols.TrustsTheTail, store, wholeOfTwo);

        Assert.Contains("cannot be read", explored.Loss, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_keys_both_are_read_back()
    {
        var explored = Explore(Protocols.ReadsOneKeyBack, "Independent", wholeOfTwo);

        Assert.Contains("cannot be read", explored.Loss, StringComparison.Ordinal);
    }

    private static Explored Explore(Protocols protocol, string store, ExplorerBounds bounds)
    {
        var explored = new Explorer(protocol, Enum.Parse<StoreKind>(store), bounds).Run();
        TestContext.Current.TestOutputHelper?.WriteLine($"{explored.Worlds} worlds. {explored.Loss}");
        return explored;
    }
}
