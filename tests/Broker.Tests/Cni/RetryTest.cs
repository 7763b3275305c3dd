using Broker.Cni.Brokers;
using Broker.Cni.Errors;
using Broker.Contracts.Leases;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Cni;

public sealed class RetryTest
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task A_grant_is_asked_for_again_with_the_same_request_until_it_is_answered()
    {
        var broker = new ScriptedBroker().Silent(3).Refuses("stopping", 503, 1).Refuses("rate_limited", 429, 1);

        var reply = await GrantAsync(broker, TimeSpan.FromSeconds(10));

        Assert.NotNull(reply.Answer);
        Assert.Equal(Enumerable.Repeat("grant request-1", 6), broker.Asked);
    }

    [Fact]
    public async Task A_refusal_is_final()
    {
        var broker = new ScriptedBroker().Refuses("pool_exhausted", 507);

        var reply = await GrantAsync(broker, TimeSpan.FromSeconds(10));

        Assert.Equal("pool_exhausted", reply.Problem!.Code);
        Assert.Single(broker.Asked);
    }

    [Fact]
    public async Task Patience_ends_and_the_last_word_is_told()
    {
        var started = _clock.GetTimestamp();

        var reply = await GrantAsync(new ScriptedBroker().Silent(1000), TimeSpan.FromSeconds(10));

        Assert.Equal(CniErrorCode.TryAgainLater, reply.Error!.Code);
        Assert.InRange(_clock.GetElapsedTime(started), TimeSpan.FromSeconds(8.5), TimeSpan.FromSeconds(10.1));
    }

    [Fact]
    public async Task A_broker_that_wants_a_longer_wait_than_we_have_is_not_waited_for()
    {
        var started = _clock.GetTimestamp();

        var reply = await GrantAsync(new ScriptedBroker().Refuses("rate_limited", 429, 60), TimeSpan.FromSeconds(10));

        Assert.Equal("rate_limited", reply.Problem!.Code);
        Assert.Equal(TimeSpan.Zero, _clock.GetElapsedTime(started));
    }

    [Fact]
    public async Task The_wait_that_the_broker_wants_is_kept()
    {
        var started = _clock.GetTimestamp();

        _ = await GrantAsync(new ScriptedBroker().Refuses("overloaded", 503, 3), TimeSpan.FromSeconds(10));

        Assert.True(_clock.GetElapsedTime(started) >= TimeSpan.FromSeconds(3));
    }

    private async Task<Reply<IReadOnlyList<GrantedAddress>>> GrantAsync(ScriptedBroker broker, TimeSpan patience)
    {
        using var retrying = new RetryingBroker(broker, _clock, () => 0.5, patience);
        var asked = retrying.GrantAsync(new LeaseRequest("request-1", "net", "c1", "eth0"), ILeaseBroker.OwnPatience);
        while (!asked.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        return await asked;
    }
}
