namespace Broker.Core.Leases;

/// <summary>
/// Who held an address until its node released it: the same workload, on the same interface of the same network, may
/// have it back before its cooldown ends (I3).
/// </summary>
internal sealed record Former(string Namespace, string Pod, string Network, string Interface);
