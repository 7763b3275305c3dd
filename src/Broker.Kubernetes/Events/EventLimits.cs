namespace Broker.Kubernetes.Events;

/// <summary>
/// How much the publisher asks of an API server. What is over a limit is still counted, and written by the next Event
/// of its object and reason that may go.
/// </summary>
public sealed record EventLimits
{
    /// <summary>Notices that wait; further ones are dropped.</summary>
    public int QueuedMax { get; init; } = 1024;

    /// <summary>Objects that are remembered; the oldest are forgotten.</summary>
    public int ObjectsMax { get; init; } = 2048;

    /// <summary>Different reasons of one object.</summary>
    public int ReasonsMax { get; init; } = 16;

    /// <summary>Writes about one object at once.</summary>
    public double ObjectBurst { get; init; } = 5;

    /// <summary>Writes about one object, on average.</summary>
    public double ObjectPerSecond { get; init; } = 1 / 30.0;

    /// <summary>Calls at once, writes and reads together.</summary>
    public double Burst { get; init; } = 50;

    /// <summary>Calls on average.</summary>
    public double PerSecond { get; init; } = 5;

    /// <summary>How often what could not go is tried again.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a pod that was read counts as read.</summary>
    public TimeSpan PodKept { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing is tried after the API server said that this broker may not.</summary>
    public TimeSpan ForbiddenFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest message of an Event, as the API server has it.</summary>
    public const int MessageCharsMax = 1024;
}
