namespace Broker.Core.Pools;

/// <summary>Who alone decides leases in a block, fixed for its generation.</summary>
public enum Lessor
{
    /// <summary>The broker leases on the node's request (<c>commit: central</c>).</summary>
    Broker = 0,

    /// <summary>The node's agent leases and reports (<c>commit: local</c>).</summary>
    Agent = 1,
}
