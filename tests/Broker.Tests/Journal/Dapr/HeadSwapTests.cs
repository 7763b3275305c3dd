using System.Text;
using Broker.Journal.Dapr.Protocol;
using Xunit;

namespace Broker.Tests.Journal.Dapr;

public sealed class HeadSwapTests
{
    private static readonly StoredValue next = Value("next");
    private static readonly HeadCopy known = new(Value("known"), "7");

    [Fact]
    public void Only_a_read_of_the_same_bytes_is_a_commit_and_its_ETag_the_next_one()
    {
        var swap = HeadSwap.Begin(known, next);
        Assert.Equal(SwapStep.Send, swap.Step);
        swap = swap.Sent();
        Assert.Equal(SwapStep.Read, swap.Step);

        var read = swap.Read(new HeadCopy(Value("next"), "8"), Never);

        Assert.Equal((SwapStep.Committed, "8"), (read.Step, read.Known.ETag));
    }

    [Fact]
    public void The_same_bytes_are_sent_again_while_the_head_is_what_it_was()
    {
        var read = HeadSwap.Begin(known, next).Sent().Read(new HeadCopy(Value("known"), "9"), Never);

        Assert.Equal((SwapStep.Send, next, "9"), (read.Step, read.Next, read.Known.ETag));
    }

    [Fact]
    public void Other_bytes_are_somebody_elses_whatever_their_ETag()
    {
        var read = HeadSwap.Begin(known, next).Sent().Read(new HeadCopy(Value("other"), "7"), Never);

        Assert.Equal(SwapStep.Superseded, read.Step);
    }

    [Fact]
    public void A_failed_read_a_missing_head_and_one_of_a_time_before_decide_nothing()
    {
        var sent = HeadSwap.Begin(known, next).Sent();

        Assert.Equal(SwapStep.Read, sent.Read(null, Never).Step);
        Assert.Equal(SwapStep.Read, sent.Read(new HeadCopy(null, string.Empty), Never).Step);
        Assert.Equal(SwapStep.Read, sent.Read(new HeadCopy(Value("before"), "6"), _ => true).Step);
    }

    [Fact]
    public void The_first_head_is_sent_again_while_there_is_none()
    {
        var sent = HeadSwap.Begin(new HeadCopy(null, string.Empty), next).Sent();

        Assert.Equal(SwapStep.Send, sent.Read(new HeadCopy(null, string.Empty), Never).Step);
        Assert.Equal(SwapStep.Superseded, sent.Read(known, Never).Step);
    }

    [Fact]
    public void A_batch_is_kept_once_it_was_read_back_equal()
    {
        var keeping = TailKeeping.Begin();
        Assert.Equal(TailStep.Write, keeping.Step);
        Assert.Equal(TailStep.Read, keeping.Written().Step);
        Assert.Equal(TailStep.Write, keeping.Written().Read(false).Step);
        Assert.Equal(TailStep.Kept, keeping.Written().Read(true).Step);
    }

    private static bool Never(StoredValue value) => false;

    private static StoredValue Value(string text) => new(Encoding.ASCII.GetBytes(text));
}
