namespace Broker.Core.Pools;

/// <summary>What a pool's definition makes of one of its addresses.</summary>
public enum PoolPlace
{
    /// <summary>It may be leased.</summary>
    Leasable = 0,

    /// <summary>An exclusion covers it.</summary>
    Excluded = 1,

    /// <summary>It is the network, gateway or broadcast address of its subnet.</summary>
    KeptBack = 2,
}
