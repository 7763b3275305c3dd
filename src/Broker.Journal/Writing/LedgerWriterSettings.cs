namespace Broker.Journal.Writing;

/// <summary>How much a writer lets wait.</summary>
public sealed record LedgerWriterSettings
{
    /// <summary>Commands and reads that may wait; the last quarter is kept from grants. 4 to 1,048,576.</summary>
    public int QueueMax { get; init; } = 4096;

    /// <summary>What an overloaded grant is told to wait.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>
    /// Told how long each command and read took, in the flow of its caller and never on the writer's loop; null for
    /// nobody.
    /// </summary>
    public Action<WorkTimes>? Told { get; init; }

    /// <summary>
    /// How those who wait are woken: on another thread, so that they run neither on the writer's loop nor on a
    /// caller's. A simulation, which must run in one order, has them woken at once.
    /// </summary>
    internal TaskCreationOptions Waking { get; init; } = TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>
    /// From how many on they are decided while a batch is on its way; fewer wait for its end, because a wake-up for
    /// each takes more time from the callers than its decision saves.
    /// </summary>
    internal int AheadMin { get; init; } = 64;
}
