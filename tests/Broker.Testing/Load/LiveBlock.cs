using System.Net;

namespace Broker.Testing.Load;

/// <summary>A block that the events say is granted.</summary>
internal sealed record LiveBlock(IPNetwork Network, string Pool, string Node, long Generation)
{
    /// <summary>How many leases are live in it.</summary>
    public int Leases { get; set; }

    /// <summary>The newest event on each of its addresses in this generation.</summary>
    public Dictionary<string, long> LastOnAddress { get; } = [];
}
