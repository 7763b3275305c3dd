using Broker.Contracts.Blocks;
using Broker.Contracts.Leases;

namespace Broker.Testing.Load;

/// <summary>
/// After a new start: what was acknowledged is there, what was released is not, and what got no answer is settled by
/// asking again with the same request id.
/// </summary>
public sealed class LoadAudit(LoadSession session)
{
    /// <summary>A start counts each release as just made: everything may be cooling.</summary>
    private static readonly string[] allCooling = ["block_exhausted", "block_limit", "pool_exhausted"];

    private readonly LoadWorld world = session.World;

    /// <summary>Runs all checks; what is wrong becomes a fault of the world.</summary>
    public async Task RunAsync()
    {
        await CatchUpAsync();
        world.CheckShownRoots();
        await CheckLeasesAsync();
        await CheckBlocksAsync();
        foreach (var node in world.Nodes)
        {
            node.Forget();
        }

        await CatchUpAsync();
        await CompareEventsAsync();
    }

    /// <summary>Settles enrolments that got no answer; a certificate that was issued stays the same.</summary>
    public async Task EnrolAsync(IEnumerable<LoadNode> nodes)
    {
        foreach (var node in nodes)
        {
            await session.EnrolAsync(node);
        }
    }

    /// <summary>Reads the journal on to its end; the root must be the broker's.</summary>
    public async Task CatchUpAsync()
    {
        var position = await session.PositionAsync();
        if (position.Size < world.Checker.Size)
        {
            world.Fault($"{world.Checker.Size} events were streamed; the journal has {position.Size}");
            return;
        }

        await ReadAsync(world.Checker, position.Size);
        if (world.Checker.RootAt(position.Size) != position.Root)
        {
            world.Fault($"root {position.Root} of {position.Size} events; the replay's is "
                + world.Checker.RootAt(position.Size));
        }
    }

    /// <summary>Reads the whole journal anew; it must be the same that was read on the way.</summary>
    public async Task ReadAllAsync()
    {
        var anew = new EventChecker();
        await ReadAsync(anew, world.Checker.Size);
        if (anew.RootAt(anew.Size) != world.Checker.RootAt(anew.Size))
        {
            world.Fault("The journal is not what was streamed while it grew");
        }
    }

    private async Task ReadAsync(EventChecker checker, long size)
    {
        if (checker.Size >= size)
        {
            return;
        }

        await foreach (var streamed in session.People.Events(checker.Size - 1).ReadAsync(default))
        {
            checker.Take(streamed);
            if (checker.Size == size)
            {
                return;
            }
        }
    }

    private async Task CheckLeasesAsync()
    {
        var found = (await session.LeasesAsync()).ToLookup(lease => (lease.Node, lease.ContainerId));
        var tracked = world.Nodes.SelectMany(node => node.Leases).Where(lease => lease.Phase != AskPhase.Gone).ToList();
        var known = tracked.Select(lease => (lease.Node.Name, lease.Name)).ToHashSet();
        foreach (var stray in found.Where(leases => !known.Contains(leases.Key)))
        {
            world.Fault($"{stray.Key} holds {stray.First().Address}, which nobody asked for or which was released");
        }

        foreach (var lease in tracked)
        {
            await SettleAsync(lease, [.. found[(lease.Node.Name, lease.Name)].OrderBy(each => each.Pool)]);
        }
    }

    private async Task SettleAsync(TrackedLease lease, List<LeaseInfo> present)
    {
        if (present.Count is not (0 or 2))
        {
            world.Fault($"{lease.Name}: one family without the other");
        }

        switch (lease.Phase)
        {
            case AskPhase.Held when !present.SequenceEqual(lease.Granted):
                world.Fault(
                    $"{lease.Name}: acknowledged {lease.Granted[0].Address}, there: {present.FirstOrDefault()}");
                break;
            case AskPhase.Asking:
                await AskAgainAsync(lease, present);
                break;
            case AskPhase.Releasing:
                if (present.Count > 0 && !present.SequenceEqual(lease.Granted))
                {
                    world.Fault($"{lease.Name}: another lease than the one whose release was asked for");
                }

                var ended = await session.Api(lease.Node)
                    .ReleaseLeaseAsync(LoadWorld.Network, lease.Name, "eth0", default);
                if (!ended.OrThrow().Released.SequenceEqual(present.Select(each => each.Address)))
                {
                    world.Fault($"{lease.Name}: the repeated release ended something else");
                }

                lease.Phase = AskPhase.Gone;
                break;
        }
    }

    private async Task AskAgainAsync(TrackedLease lease, List<LeaseInfo> present)
    {
        var result = await session.Api(lease.Node).GrantLeaseAsync(lease.Request(), default);
        if (result.Answer is not { } answer)
        {
            lease.Phase = AskPhase.Gone;
            if (present.Count > 0 || !allCooling.Contains(result.Problem!.Code))
            {
                world.Fault($"{lease.Name}: asked again: {result.Problem!.Code}");
            }

            return;
        }

        (lease.Granted, lease.Phase) = (answer.Leases, AskPhase.Held);
        world.Note(answer.Ledger);
        if (answer.Repeated != (present.Count > 0) || (answer.Repeated && !answer.Leases.SequenceEqual(present)))
        {
            world.Fault($"{lease.Name}: asked again: repeated {answer.Repeated}, there before: {present.Count}");
        }
    }

    private async Task CheckBlocksAsync()
    {
        var found = (await session.BlocksAsync())
            .Where(block => block.Pool == LoadWorld.BlockPool).ToDictionary(block => (block.Block, block.Generation));
        foreach (var block in world.Nodes.SelectMany(node => node.Blocks).Where(each => each.Phase != AskPhase.Gone))
        {
            if (block.Phase == AskPhase.Asking)
            {
                var result = await session.Api(block.Node).GrantBlocksAsync(block.Request(), default);
                if (result.Problem is { } problem && !allCooling.Contains(problem.Code))
                {
                    world.Fault($"a block asked for again: {problem.Code}");
                }

                (block.Granted, block.Phase) = (result.Answer?.Blocks.Single(), AskPhase.Held);
                CheckRepeat(block, result.Answer, found);
            }

            if (block.Granted is { } granted)
            {
                CheckBlock(block, found.Remove((granted.Block, granted.Generation)));
            }
        }

        foreach (var stray in found.Values)
        {
            world.Fault($"{stray.Node} holds {stray.Block}, which nobody asked for or which was released");
        }
    }

    private void CheckRepeat(
        TrackedBlock block, BlocksGrantedResponse? answer, Dictionary<(string, long), BlockInfo> found)
    {
        if (answer is null)
        {
            block.Phase = AskPhase.Gone;
            return;
        }

        var there = found.ContainsKey((block.Granted!.Block, block.Granted.Generation));
        if (answer.Repeated != there)
        {
            world.Fault($"{block.Granted.Block}: asked again: repeated {answer.Repeated}, there before: {there}");
        }

        found[(block.Granted.Block, block.Granted.Generation)] = block.Granted;
    }

    private void CheckBlock(TrackedBlock block, bool present)
    {
        if (block.Phase == AskPhase.Held && !present)
        {
            world.Fault($"{block.Granted!.Block} of generation {block.Granted.Generation} was acknowledged; not there");
        }
        else if (block.Phase == AskPhase.Releasing)
        {
            // Whether that release came through is open, and either is right.
            (block.Phase, block.Granted) = present ? (AskPhase.Held, block.Granted) : (AskPhase.Gone, null);
        }
    }

    private async Task CompareEventsAsync()
    {
        var leases = (await session.LeasesAsync()).ToDictionary(lease => lease.Address, lease => lease.Position);
        var blocks = (await session.BlocksAsync()).ToDictionary(block => block.Block, block => block.Generation);
        if (!Same(leases, world.Checker.Leases) || !Same(blocks, world.Checker.Blocks))
        {
            world.Fault("The state is not what the events add up to");
        }
    }

    private static bool Same(Dictionary<string, long> one, IReadOnlyDictionary<string, long> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
