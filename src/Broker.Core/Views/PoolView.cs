using Broker.Core.Pools;

namespace Broker.Core.Views;

/// <summary>A pool and how full it is; capacity is in blocks.</summary>
public sealed record PoolView(
    PoolSpec Spec, bool Open, UInt128 BlocksTotal, long BlocksLive, long BlocksCooling, long Position)
{
    /// <summary>Whether it grants nothing any more, so that it can be retired.</summary>
    public bool Drained { get; init; }
}
