namespace Broker.Core.Events;

/// <summary>What one look found. The numbers are append-only.</summary>
public enum EvidenceSight
{
    /// <summary>No object of that name.</summary>
    Absent = 1,

    /// <summary>An object of that name with another UID.</summary>
    OtherUid = 2,

    /// <summary>A pod in phase <c>Succeeded</c>.</summary>
    Succeeded = 3,

    /// <summary>A pod in phase <c>Failed</c>.</summary>
    Failed = 4,

    /// <summary>A Node with the taint <c>node.kubernetes.io/out-of-service</c>.</summary>
    OutOfService = 5,

    /// <summary>An operator's word that the machine is off.</summary>
    StatedOff = 6,
}
