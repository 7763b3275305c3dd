namespace Broker.Kubernetes.Events;

/// <summary>What came of writing an Event.</summary>
public enum EventOutcome
{
    /// <summary>The cluster has it.</summary>
    Written,

    /// <summary>The one to count up has ended (Events live for an hour), or its namespace has.</summary>
    Gone,

    /// <summary>This broker may not write Events.</summary>
    Forbidden,

    /// <summary>The API server takes no such Event.</summary>
    Refused,
}
