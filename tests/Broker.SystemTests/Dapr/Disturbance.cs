namespace Broker.SystemTests.Dapr;

/// <summary>What happens to the first writer while the second one takes over.</summary>
public enum Disturbance
{
    /// <summary>Nothing: it is in the middle of its load.</summary>
    None = 0,

    /// <summary>It is frozen, and wakes up when the other one serves.</summary>
    Paused = 1,

    /// <summary>Its sidecar is gone, and comes back when the other one serves.</summary>
    CutOff = 2,
}
