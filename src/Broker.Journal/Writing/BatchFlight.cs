namespace Broker.Journal.Writing;

/// <summary>A batch that is being made durable.</summary>
/// <param name="Batch">What is told when it has landed.</param>
/// <param name="BegunAt">When it was begun.</param>
/// <param name="Done">The durable head afterwards.</param>
internal sealed record BatchFlight(BatchBuilder Batch, long BegunAt, Task<DurableHead> Done);
