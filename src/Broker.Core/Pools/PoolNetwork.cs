namespace Broker.Core.Pools;

/// <summary>How the addresses of a pool lie on the wire; decides prefix, gateway and what is kept back.</summary>
public enum PoolNetwork
{
    /// <summary>Each block is its own subnet: its prefix, gateway = first address; its edges kept back.</summary>
    Routed = 0,

    /// <summary>All nodes share the pool's prefix and gateway; only the pool's own edges are kept back.</summary>
    Flat = 1,

    /// <summary>Single addresses (/32 or /128), no gateway, nothing kept back.</summary>
    Host = 2,
}
