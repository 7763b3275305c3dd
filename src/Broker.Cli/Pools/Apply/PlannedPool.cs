using Broker.Contracts.Pools;
using Broker.Contracts.Problems;

namespace Broker.Cli.Pools.Apply;

/// <summary>A line of a plan.</summary>
/// <param name="Name">The pool's name.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Changes">The fields that differ; for a new pool, those that the file sets.</param>
/// <param name="Definition">What to send; null when no definition is.</param>
/// <param name="Opens">Whether it is to be opened besides.</param>
/// <param name="Refusal">Why the broker would refuse it; null when it would not.</param>
internal sealed record PlannedPool(
    string Name,
    PoolAction Action,
    IReadOnlyList<FieldChange> Changes,
    PoolDefinition? Definition = null,
    bool Opens = false,
    Problem? Refusal = null)
{
    /// <summary>Whether something is to be done.</summary>
    public bool IsChange => Action is PoolAction.Create or PoolAction.Change or PoolAction.Open;
}
