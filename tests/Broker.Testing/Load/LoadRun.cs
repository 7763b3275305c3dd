using Broker.Client;
using Broker.Contracts.Problems;

namespace Broker.Testing.Load;

/// <summary>
/// Load on one life of the broker: each node's workers grant and release until the broker is gone. A signal fires when
/// a given number of requests has been sent.
/// </summary>
public sealed class LoadRun(LoadSession session, int seed, long signalAt)
{
    private const int LoadedNodes = 8;
    private const int LeaseWorkersPerNode = 4;
    private const int NewcomersMax = 6;

    /// <summary>Answers that say that a grant was not made, for reasons that load brings about.</summary>
    private static readonly HashSet<string> notNow =
        ["block_exhausted", "block_limit", "overloaded", "pool_exhausted", "stopping"];

    // No answer either: what was asked for may have been done.
    private const string Undecided = "outcome_unknown";

    private readonly TaskCompletionSource signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long sent;
    private long acknowledged;
    private long unknown;

    public LoadSession Session { get; } = session;

    /// <summary>Completes in the middle of the load.</summary>
    public Task Signal => signal.Task;

    public long Acknowledged => acknowledged;

    /// <summary>Starts everything; completes when the broker is gone and all workers have noticed.</summary>
    public async Task RunAsync()
    {
        var random = new Random(seed);
        var newcomers = new List<LoadNode>();
        var workers = new List<Task> { FollowAsync(), EnrolAsync(newcomers) };
        foreach (var node in Session.World.Nodes.Take(LoadedNodes))
        {
            var blocks = node.Blocks.Where(block => block.Phase == AskPhase.Held);
            workers.Add(new BlockWorker(this, node, [.. blocks], new Random(random.Next())).RunAsync());
            var leases = node.Leases.Where(lease => lease.Phase == AskPhase.Held).ToList();
            for (var i = 0; i < LeaseWorkersPerNode; i++)
            {
                var share = leases.Where((_, index) => index % LeaseWorkersPerNode == i).ToList();
                workers.Add(new LeaseWorker(this, node, share, new Random(random.Next())).RunAsync());
            }
        }

        await Task.WhenAll(workers);
        Session.World.Nodes.AddRange(newcomers);
        Session.World.Acknowledged += acknowledged;
        Session.World.Unknown += unknown;
    }

    /// <summary>
    /// Sends a request. The answer; or null with a problem that load brings about, with <paramref name="refused"/>
    /// called first.
    /// </summary>
    /// <exception cref="BrokerUnreachableException">The broker is gone, and the outcome is unknown.</exception>
    internal async Task<T?> SendAsync<T>(Func<Task<ApiResult<T>>> send, Action<Problem> refused)
        where T : class
    {
        if (Interlocked.Increment(ref sent) == signalAt)
        {
            _ = signal.TrySetResult(); // Nobody else sets it.
        }

        try
        {
            var result = await send();
            if (result.Answer is { } answer)
            {
                _ = Interlocked.Increment(ref acknowledged); // A count.
                return answer;
            }

            if (result.Problem!.Code == Undecided)
            {
                throw new BrokerUnreachableException(
                    Session.Broker.Node, new InvalidOperationException(result.Problem.Detail));
            }

            refused(result.Problem);
            return null;
        }
        catch (BrokerUnreachableException)
        {
            _ = Interlocked.Increment(ref unknown); // A count.
            throw;
        }
    }

    /// <summary>Keeps a refusal as a fault unless it is one that load brings about.</summary>
    internal void Expect(Problem problem, params IEnumerable<string> alsoExpected)
    {
        if (!notNow.Contains(problem.Code) && !alsoExpected.Contains(problem.Code))
        {
            Session.World.Fault($"refused: {problem.Code}: {problem.Detail}");
        }
    }

    private async Task EnrolAsync(List<LoadNode> newcomers)
    {
        try
        {
            while (newcomers.Count < NewcomersMax)
            {
                newcomers.Add(new LoadNode(Session.World.NewName("node-")));
                await Session.EnrolAsync(newcomers[^1]);
            }
        }
        catch (BrokerUnreachableException)
        {
            _ = Interlocked.Increment(ref unknown); // A count.
        }
        catch (BrokerProblemException error)
        {
            Expect(error.Problem, Undecided);
        }
    }

    /// <summary>A subscriber: what it was shown must still be there after the broker was killed.</summary>
    private async Task FollowAsync()
    {
        var checker = Session.World.Checker;
        try
        {
            await foreach (var streamed in Session.People.Events(checker.Size - 1).ReadAsync(default))
            {
                checker.Take(streamed);
            }
        }
        catch (Exception error) when (error is IOException or BrokerUnreachableException)
        {
            // The broker is gone, as the workers see too.
            return;
        }
    }
}
