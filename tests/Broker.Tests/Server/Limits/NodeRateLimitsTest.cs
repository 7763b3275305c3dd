using Broker.Core.Names;
using Broker.Server.Limits;
using Broker.Server.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Server.Limits;

public sealed class NodeRateLimitsTest
{
    private static readonly NodeName node = NodeName.Parse("node-a");
    private readonly FakeTimeProvider _time = new();
    private readonly NodeRateLimits _limits;

    public NodeRateLimitsTest() =>
        _limits = new NodeRateLimits(new LimitsOptions { NodeRequestsPerSecond = 10, NodeRequestBurst = 20 }, _time);

    [Fact]
    public void A_burst_passes_then_the_rate_holds_and_the_wait_that_is_told_is_enough()
    {
        Assert.Equal(20, Passed(mayUseKept: false));

        var wait = _limits.Take(node, mayUseKept: false);
        Assert.Equal(0.1, wait!.Value.TotalSeconds, 3);
        _time.Advance(wait.Value);
        Assert.Null(_limits.Take(node, mayUseKept: false));

        var passed = 0;
        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            passed += _limits.Take(node, mayUseKept: false) is null ? 1 : 0;
        }

        Assert.InRange(passed, 49, 51);
    }

    [Fact]
    public void A_flood_of_grants_leaves_the_kept_share_to_releases_and_not_more_than_that()
    {
        _ = Passed(mayUseKept: false);

        Assert.Equal(5, Passed(mayUseKept: true));
        Assert.Equal(0, Passed(mayUseKept: false));
    }

    [Fact]
    public void Releases_use_the_common_share_first()
    {
        Assert.Equal(25, Passed(mayUseKept: true));
        Assert.Equal(0, Passed(mayUseKept: false));
    }

    [Fact]
    public void Nodes_do_not_share()
    {
        _ = Passed(mayUseKept: false);

        Assert.Null(_limits.Take(NodeName.Parse("node-b"), mayUseKept: false));
    }

    [Fact]
    public void A_node_is_forgotten_when_nothing_is_missing_and_not_before()
    {
        _ = Passed(mayUseKept: true);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        _limits.ForgetIdle();
        Assert.Equal(1, _limits.Count);

        _time.Advance(TimeSpan.FromSeconds(0.2));
        _limits.ForgetIdle();
        Assert.Equal(0, _limits.Count);
        Assert.Equal(25, Passed(mayUseKept: true));
    }

    private int Passed(bool mayUseKept)
    {
        var passed = 0;
        while (_limits.Take(node, mayUseKept) is null)
        {
            passed++;
        }

        return passed;
    }
}
