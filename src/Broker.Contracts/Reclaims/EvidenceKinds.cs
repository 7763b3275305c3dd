namespace Broker.Contracts.Reclaims;

/// <summary>What ends a lease or a block without its node's own release.</summary>
public static class EvidenceKinds
{
    /// <summary>There is no pod of that UID any more.</summary>
    public const string PodGone = "pod_gone";

    /// <summary>The pod is there and has run to its end.</summary>
    public const string PodEnded = "pod_ended";

    /// <summary>The Node object is gone, and the pool says that this is evidence.</summary>
    public const string NodeDeleted = "node_deleted";

    /// <summary>The machine is off: an operator says so, or the taint <c>out-of-service</c> does.</summary>
    public const string MachineOff = "machine_off";
}
