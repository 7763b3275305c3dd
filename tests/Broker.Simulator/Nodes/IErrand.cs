namespace Broker.Simulator.Nodes;

/// <summary>A command on its way.</summary>
internal interface IErrand
{
    /// <summary>Whether it was answered or given up.</summary>
    bool IsOver { get; }

    /// <summary>Nobody waits for it any more.</summary>
    void GiveUp();
}
