namespace Broker.Cni.Brokers;

/// <summary>The live leases of this node; truncated when there are more than the broker lists.</summary>
internal sealed record HeldLeases(IReadOnlyList<HeldLease> Leases, bool Truncated);
