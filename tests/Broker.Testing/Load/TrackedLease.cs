using Broker.Contracts.Leases;

namespace Broker.Testing.Load;

/// <summary>An attachment, the request for its addresses, and what was answered. One worker at a time has it.</summary>
public sealed class TrackedLease(LoadNode node, string name)
{
    public LoadNode Node { get; } = node;

    /// <summary>Container ID, request id and pod name in one.</summary>
    public string Name { get; } = name;

    public AskPhase Phase { get; set; }

    /// <summary>The acknowledged leases.</summary>
    public IReadOnlyList<LeaseInfo> Granted { get; set; } = [];

    /// <summary>What is sent, the same each time.</summary>
    public LeaseRequest Request() => new(
        Name, LoadWorld.Network, Name, "eth0", new PodLabels("load", Name, Name), Pools: LoadWorld.LeasePools);
}
