namespace Broker.Simulator.Nodes;

/// <summary>How far a pod on a node is.</summary>
internal enum PodPhase
{
    /// <summary>Its address was asked for.</summary>
    Asking = 0,

    /// <summary>It has its addresses.</summary>
    Running = 1,

    /// <summary>It ended, and its release was sent.</summary>
    Releasing = 2,

    /// <summary>Its release was answered.</summary>
    Gone = 3,
}
