using Broker.Journal.Writing;
using Broker.Server.Enrolment;
using Xunit;

namespace Broker.Tests.Server.Enrolment;

public sealed class CsrGateTest
{
    [Fact]
    public async Task So_many_wait_the_next_is_turned_away_and_an_operator_is_not()
    {
        using var gate = new CsrGate();
        var hold = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancellation = TestContext.Current.CancellationToken;
        var waiting = new List<Task<int>>();
        for (var i = 0; i < CsrGate.WaitingMax; i++)
        {
            waiting.Add(gate.RunAsync(isOperator: false, () => hold.Task, cancellation));
        }

        _ = await Assert.ThrowsAsync<OverloadedException>(
            () => gate.RunAsync(isOperator: false, () => hold.Task, cancellation));
        waiting.Add(gate.RunAsync(isOperator: true, () => hold.Task, cancellation));
        hold.SetResult(1);

        Assert.Equal(CsrGate.WaitingMax + 1, (await Task.WhenAll(waiting)).Sum());
        Assert.Equal(2, await gate.RunAsync(isOperator: false, () => Task.FromResult(2), cancellation));
    }
}
