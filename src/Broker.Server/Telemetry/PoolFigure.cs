using Broker.Core.Addresses;
using Broker.Core.Pools;

namespace Broker.Server.Telemetry;

/// <summary>How full one pool is, as its events say.</summary>
internal sealed class PoolFigure(PoolSpec spec)
{
    private readonly Dictionary<Cidr, long> _cooling = [];
    private readonly Queue<(Cidr Block, long Since)> _oldest = new();

    public PoolSpec Spec { get; set; } = spec;

    public long BlocksLive { get; private set; }

    public long LeasesLive { get; set; }

    /// <summary>Blocks that the CIDR divides into; exclusions are not taken off.</summary>
    public double BlocksTotal => Math.Pow(2, Spec.BlockPrefixLength - Spec.Cidr.PrefixLength);

    public void Grant(Cidr block)
    {
        BlocksLive++;
        _ = _cooling.Remove(block); // True when it was granted before.
    }

    public void Release(Cidr block, TimeProvider time)
    {
        BlocksLive--;
        _cooling[block] = time.GetTimestamp();
        _oldest.Enqueue((block, _cooling[block]));
        Forget(time);
    }

    public int CountCooling(TimeProvider time)
    {
        Forget(time);
        return _cooling.Count;
    }

    // Each release is dropped once, so that reading costs what has ended since the last time.
    private void Forget(TimeProvider time)
    {
        var wait = TimeSpan.FromSeconds(Math.Max(Spec.BlockCooldownSeconds, Spec.AddressCooldownSeconds));
        while (_oldest.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= wait)
        {
            _ = _oldest.Dequeue();
            _ = _cooling.GetValueOrDefault(oldest.Block) == oldest.Since && _cooling.Remove(oldest.Block);
        }
    }
}
