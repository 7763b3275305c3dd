using Broker.Core.Addresses;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Server.Telemetry;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Server.Telemetry;

public sealed class PoolFiguresTest
{
    private static readonly Cidr first = Cidr.Parse("10.0.0.0/26");
    private static readonly Cidr second = Cidr.Parse("10.0.0.64/26");
    private readonly FakeTimeProvider _time = new();
    private readonly PoolFigure _pool = new(new PoolSpec(
        PoolName.Parse("p"), Cidr.Parse("10.0.0.0/24"), 26, PoolNetwork.Routed, Lessor.Broker, 60, 600, 64, []));

    [Fact]
    public void A_released_block_cools_for_the_pools_time_and_not_longer()
    {
        _pool.Grant(first);
        _pool.Release(first, _time);
        _time.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal(1, _pool.CountCooling(_time));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _pool.CountCooling(_time));
    }

    [Fact]
    public void A_block_that_is_granted_and_released_again_is_counted_once_and_from_then_on()
    {
        _pool.Grant(first);
        _pool.Release(first, _time);
        _pool.Grant(second);
        _time.Advance(TimeSpan.FromSeconds(500));
        _pool.Grant(first);
        Assert.Equal(0, _pool.CountCooling(_time));
        Assert.Equal(2, _pool.BlocksLive);

        _pool.Release(first, _time);
        _time.Advance(TimeSpan.FromSeconds(500));
        Assert.Equal(1, _pool.CountCooling(_time));

        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(0, _pool.CountCooling(_time));
        Assert.Equal(4, _pool.BlocksTotal);
    }
}
