namespace Broker.Simulator.States;

/// <summary>How a state store takes a call with several values.</summary>
internal enum StateKind
{
    /// <summary>All of them or none, as PostgreSQL does.</summary>
    Atomic = 0,

    /// <summary>Each at a time of its own, or never.</summary>
    Independent = 1,
}
