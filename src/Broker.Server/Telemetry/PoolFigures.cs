using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Server.Telemetry;

/// <summary>
/// How full each pool is, kept from the durable events, so that reading it never costs the writer's loop anything. A
/// cooldown starts over with the replay, as in the ledger.
/// </summary>
internal sealed class PoolFigures(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PoolName, PoolFigure> _pools = [];
    private readonly Dictionary<long, PoolFigure> _generations = [];

    /// <summary>Takes in the durable facts from a position on.</summary>
    public void Apply(long first, IReadOnlyList<Fact> facts)
    {
        lock (_gate)
        {
            for (var i = 0; i < facts.Count; i++)
            {
                Apply(first + i, facts[i].Event);
            }
        }
    }

    /// <summary>Reads one number of each pool.</summary>
    public IReadOnlyList<(string Pool, double Value)> Read(Func<PoolFigure, TimeProvider, double> number)
    {
        lock (_gate)
        {
            return [.. _pools.Select(pool => (pool.Key.Value, number(pool.Value, time)))];
        }
    }

    private void Apply(long position, LedgerEvent e)
    {
        switch (e)
        {
            case PoolDefined defined:
                _pools.Add(defined.Spec.Name, new PoolFigure(defined.Spec));
                break;
            case PoolChanged changed:
                _pools[changed.Spec.Name].Spec = changed.Spec;
                break;
            case PoolRetired retired:
                _ = _pools.Remove(retired.Pool); // It was defined.
                break;
            case BlockGranted granted:
                _generations.Add(position, _pools[granted.Pool]);
                _pools[granted.Pool].Grant(granted.Block);
                break;
            case BlockReleased released:
                _ = _generations.Remove(released.Generation.Position, out var pool);
                pool!.Release(released.Block, time);
                break;
            case BlockReclaimed reclaimed:
                _ = _generations.Remove(reclaimed.Generation.Position, out var lost);
                lost!.Release(reclaimed.Block, time);
                break;
            case LeaseGranted granted:
                _generations[granted.Generation.Position].LeasesLive++;
                break;
            case LeaseReleased released:
                _generations[released.Generation.Position].LeasesLive--;
                break;
            case LeaseReclaimed reclaimed:
                _generations[reclaimed.Generation.Position].LeasesLive--;
                break;
            default:
                break;
        }
    }
}
