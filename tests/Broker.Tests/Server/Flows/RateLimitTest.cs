using System.Net;
using Broker.Contracts.Routing;
using Broker.Testing.Servers;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Server.Flows;

/// <summary>On a clock that stands still: what is used up stays used up until the test turns it.</summary>
public sealed class RateLimitTest : IAsyncLifetime
{
    private const int Burst = 8;
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private TestBroker _broker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _broker = await TestBroker.StartAsync(new TestBrokerPlan
    {
        Time = _time,
        Settings = new Dictionary<string, string?>
        {
            ["limits:nodeRequestsPerSecond"] = "1",
            ["limits:nodeRequestBurst"] = $"{Burst}",
        },
    });

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task A_node_that_asks_too_often_is_told_when_to_come_again_and_may_still_release()
    {
        var (node, other) = (await _broker.EnrolNodeAsync("rate-a"), await _broker.EnrolNodeAsync("rate-b"));
        var raw = node.Raw();
        for (var i = 0; i < Burst; i++)
        {
            Assert.Equal("200", (await raw.SendAsync("GET", ApiRoutes.Blocks)).Outcome);
        }

        var refused = await raw.SendAsync("GET", ApiRoutes.Blocks);
        var released = await raw.SendAsync("DELETE", $"{ApiRoutes.Leases}?network=n&containerId=c&interface=eth0");
        var neighbour = await other.Raw().SendAsync("GET", ApiRoutes.Blocks);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("rate_limited", refused.Outcome);
        Assert.Equal("1", refused.Headers["Retry-After"]);
        Assert.Equal(1, refused.Problem!.RetryAfterSeconds);
        Assert.Equal("200", released.Outcome);
        Assert.Equal("200", neighbour.Outcome);

        _time.Advance(TimeSpan.FromSeconds(refused.Problem.RetryAfterSeconds!.Value));
        Assert.Equal("200", (await raw.SendAsync("GET", ApiRoutes.Blocks)).Outcome);
    }

    [Fact]
    public async Task A_certificate_that_is_not_on_record_uses_up_nothing_of_the_node_that_it_names()
    {
        var node = await _broker.EnrolNodeAsync("rate-c");
        var thief = _broker.NewNode("rate-c");
        thief.Forge();
        var stolen = thief.Raw();
        for (var i = 0; i < Burst * 2; i++)
        {
            Assert.Equal("unwitnessed", (await stolen.SendAsync("GET", ApiRoutes.Blocks)).Outcome);
        }

        Assert.Equal("200", (await node.Raw().SendAsync("GET", ApiRoutes.Blocks)).Outcome);
    }

    [Fact]
    public async Task The_refusals_are_counted_in_the_journal()
    {
        var raw = (await _broker.EnrolNodeAsync("rate-d")).Raw();
        for (var i = 0; i < Burst + 3; i++)
        {
            _ = await raw.SendAsync("GET", ApiRoutes.Blocks);
        }

        await _broker.RestartAsync();

        var size = (await _broker.Operator.WhoAmIAsync(Cancellation)).OrThrow().Ledger.Size;
        var counted = new List<string>();
        await foreach (var item in _broker.Operator.Events(-1).ReadAsync(Cancellation))
        {
            if (item.Type == "refusal.counted")
            {
                counted.Add(item.Line);
            }

            if (item.Position == size - 1)
            {
                break;
            }
        }

        var line = Assert.Single(counted);
        Assert.Contains("\"rate_limited\"", line, StringComparison.Ordinal);
        Assert.Contains("\"count\":3", line, StringComparison.Ordinal);
    }
}
