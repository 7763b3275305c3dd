using Broker.Client;

namespace Broker.Testing.Load;

/// <summary>
/// Grants and releases blocks of one node, and gives back blocks that its leases have left empty, one request at a
/// time.
/// </summary>
internal sealed class BlockWorker(LoadRun run, LoadNode node, List<TrackedBlock> held, Random random)
{
    private const int HeldMax = 3;

    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await StepAsync();
            }
        }
        catch (BrokerUnreachableException)
        {
            // The request that was on its way keeps its phase, Asking or Releasing: its outcome is unknown.
            return;
        }
    }

    private Task StepAsync() => random.NextDouble() switch
    {
        < 0.4 when held.Count < HeldMax => GrantAsync(),
        < 0.8 when held.Count > 0 => ReleaseAsync(held[random.Next(held.Count)]),
        _ => ReleaseEmptyAsync(),
    };

    private async Task GrantAsync()
    {
        var block = new TrackedBlock(node, run.Session.World.NewName("b"));
        node.Blocks.Add(block);
        var answer = await run.SendAsync(
            () => run.Session.Api(node).GrantBlocksAsync(block.Request(), default), problem => run.Expect(problem));
        if (answer is null)
        {
            block.Phase = AskPhase.Gone;
            return;
        }

        run.Session.World.Note(answer.Ledger);
        (block.Granted, block.Phase) = (answer.Blocks.Single(), AskPhase.Held);
        held.Add(block);
    }

    private async Task ReleaseAsync(TrackedBlock block)
    {
        _ = held.Remove(block); // It is there: it was chosen from it.
        block.Phase = AskPhase.Releasing;
        var (name, generation) = (block.Granted!.Block, block.Granted.Generation);
        var answer = await run.SendAsync(
            () => run.Session.Api(node).ReleaseBlockAsync(name, generation, default), problem => run.Expect(problem));
        block.Phase = answer is null ? AskPhase.Held : AskPhase.Gone;
        if (answer is { Released: false })
        {
            run.Session.World.Fault($"{name} of generation {generation} was gone already");
        }
    }

    /// <summary>Its leases may grow into it at the same time: then it is in use, which is an answer too.</summary>
    private async Task ReleaseEmptyAsync()
    {
        var api = run.Session.Api(node);
        var list = await run.SendAsync(() => api.ListBlocksAsync(default), problem => run.Expect(problem));
        if (list?.Blocks.FirstOrDefault(block => block.Leases == 0 && block.Lessor == "broker") is not { } empty)
        {
            return;
        }

        _ = await run.SendAsync(
            () => api.ReleaseBlockAsync(empty.Block, empty.Generation, default),
            problem => run.Expect(problem, "block_in_use")); // Whether it was released is checked by the events.
    }
}
