namespace Broker.Simulator.Machines;

/// <summary>What a broker's process does.</summary>
internal enum BrokerPhase
{
    /// <summary>There is none.</summary>
    Down = 0,

    /// <summary>It reads the journal and takes over.</summary>
    Starting = 1,

    /// <summary>It answers.</summary>
    Serving = 2,
}
