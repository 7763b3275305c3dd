using Broker.Cli.Hosting;
using Broker.Contracts.Ledgers;
using Broker.Contracts.Problems;

namespace Broker.Cli.Pools.Apply;

/// <summary>Asks the broker about a plan, and then carries it out.</summary>
internal sealed class PoolApplier(Run run, string? reason)
{
    /// <summary>The plan with what the broker would refuse.</summary>
    public async Task<IReadOnlyList<PlannedPool>> CheckAsync(IReadOnlyList<PlannedPool> plan)
    {
        var check = new List<PlannedPool>();
        foreach (var pool in plan)
        {
            check.Add(pool.IsChange && pool.Refusal is null
                ? pool with { Refusal = await SendAsync(pool, dryRun: true) }
                : pool);
        }

        return check;
    }

    /// <exception cref="CliFailureException">Something has changed since the check.</exception>
    public async Task ApplyAsync(IReadOnlyList<PlannedPool> plan)
    {
        var done = new List<string>();
        foreach (var pool in plan.Where(pool => pool.IsChange))
        {
            if (await SendAsync(pool, dryRun: false) is { } problem)
            {
                throw new CliFailureException(
                    done.Count == 0 ? CliCodes.PoolsRefused : CliCodes.PoolsPartial,
                    $"Pool {pool.Name} was refused after all: {problem.Code}: {problem.Title} {problem.Detail}"
                    + (done.Count == 0 ? " Nothing was changed." : $" Changed before it: {string.Join(", ", done)}."),
                    problem.Next);
            }

            done.Add(pool.Name);
        }
    }

    private async Task<Problem?> SendAsync(PlannedPool pool, bool dryRun)
    {
        if (pool.Definition is { } definition
            && (await run.Api.DefinePoolAsync(pool.Name, definition, run.Cancellation, dryRun)).Problem is { } refused)
        {
            return refused;
        }

        return pool.Opens
            ? (await run.Api.OpenPoolAsync(pool.Name, new ChangeRequest(reason), run.Cancellation, dryRun)).Problem
            : null;
    }
}
