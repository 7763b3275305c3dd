namespace Broker.Journal.Writing;

/// <summary>
/// When a command or read passed through the writer, as timestamps of the writer's <see cref="TimeProvider"/>.
/// </summary>
/// <param name="What">The command's type, or <c>Read</c>; of one that was only tried, <c>Try</c> before it.</param>
/// <param name="QueuedAt">It was handed in.</param>
/// <param name="BegunAt">Its turn came.</param>
/// <param name="DecidedAt">It was decided, or read.</param>
/// <param name="CommittingAt">The commit of its batch began; 0 when the batch had no events.</param>
/// <param name="DurableAt">That commit was durable; 0 when the batch had no events.</param>
/// <param name="BatchEvents">Events of the batch.</param>
public readonly record struct WorkTimes(
    string What,
    long QueuedAt,
    long BegunAt,
    long DecidedAt,
    long CommittingAt,
    long DurableAt,
    int BatchEvents);
