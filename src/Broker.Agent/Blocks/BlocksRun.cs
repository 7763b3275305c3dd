using Broker.Agent.Hosting;
using Broker.Agent.Renewal;
using Broker.Client;
using Broker.Contracts.Blocks;
using Broker.Contracts.Problems;

namespace Broker.Agent.Blocks;

/// <summary>Asks the broker for the node's blocks, unless it holds some, and waits for what passes.</summary>
/// <param name="plan">What was asked for.</param>
/// <param name="api">The broker.</param>
/// <param name="clock">What tells the time.</param>
/// <param name="say">Where progress goes, a line each.</param>
internal sealed class BlocksRun(BlocksPlan plan, NodeApi api, TimeProvider clock, Action<string> say)
{
    private const string Ended = "request_ended";

    // The certificate is not on record yet, the Node object or an open pool is missing, or the broker is busy.
    private static readonly string[] passing =
        ["retry", "node_unregistered", "pool_adopting", "overloaded", "rate_limited", "stopping", "outcome_unknown"];

    private readonly RequestFile _request = new(plan.RequestFile);

    /// <summary>The node's blocks, in the order of their addresses.</summary>
    /// <exception cref="AgentFailureException">There are none; the code says why.</exception>
    public async Task<IReadOnlyList<BlockInfo>> RunAsync(CancellationToken cancellation)
    {
        var deadline = clock.GetUtcNow() + plan.Wait;
        for (var delays = BackOff.Start(); ; delays = delays.Next())
        {
            try
            {
                return await AskAsync(cancellation);
            }
            catch (AgentFailureException failure) when (failure.IsPassing && clock.GetUtcNow() < deadline)
            {
                say($"{failure.Code}: {failure.Message}; again in {delays.Delay.TotalSeconds} s");
                await Task.Delay(delays.Delay, clock, cancellation);
            }
        }
    }

    private async Task<IReadOnlyList<BlockInfo>> AskAsync(CancellationToken cancellation)
    {
        try
        {
            var held = await api.ListBlocksAsync(cancellation);
            if (held.Answer is { Blocks.Count: > 0 } list)
            {
                return list.Blocks;
            }

            if (held.Problem is { } problem)
            {
                throw Failure(problem);
            }

            var id = _request.Take();
            var granted = await api.GrantBlocksAsync(new BlocksRequest(id), cancellation);
            if (granted.Problem is { Code: Ended })
            {
                granted = await api.GrantBlocksAsync(new BlocksRequest(_request.Renew()), cancellation);
            }

            return granted.Answer?.Blocks ?? throw Failure(granted.Problem!);
        }
        catch (BrokerUnreachableException error)
        {
            throw new AgentFailureException("broker_unreachable", error.Message, error) { IsPassing = true };
        }
    }

    private static AgentFailureException Failure(Problem problem) =>
        new(problem.Code, $"{problem.Detail ?? problem.Title} {problem.Next}")
        {
            IsPassing = passing.Contains(problem.Code),
        };
}
