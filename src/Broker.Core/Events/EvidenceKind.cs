namespace Broker.Core.Events;

/// <summary>What ended a lease or a block without its node's own release. The numbers are append-only.</summary>
public enum EvidenceKind
{
    /// <summary>There is no pod of that UID any more.</summary>
    PodGone = 1,

    /// <summary>The pod is there and has run to its end.</summary>
    PodEnded = 2,

    /// <summary>The Node object is gone, and the pool says that this is evidence.</summary>
    NodeDeleted = 3,

    /// <summary>The machine is off: an operator says so, or the taint <c>out-of-service</c> does.</summary>
    MachineOff = 4,
}
