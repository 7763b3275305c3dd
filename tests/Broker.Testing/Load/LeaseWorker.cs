using Broker.Client;

namespace Broker.Testing.Load;

/// <summary>Grants, repeats and releases addresses of its own attachments, one request at a time.</summary>
internal sealed class LeaseWorker(LoadRun run, LoadNode node, List<TrackedLease> held, Random random)
{
    private const int HeldMax = 12;

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

    private Task StepAsync()
    {
        var choice = random.NextDouble();
        if (held.Count == 0 || (held.Count < HeldMax && choice < 0.5))
        {
            return GrantAsync();
        }

        var lease = held[random.Next(held.Count)];
        return choice < 0.6 ? RepeatAsync(lease) : ReleaseAsync(lease);
    }

    private async Task GrantAsync()
    {
        var lease = new TrackedLease(node, run.Session.World.NewName("c"));
        node.Leases.Add(lease);
        var answer = await run.SendAsync(
            () => run.Session.Api(node).GrantLeaseAsync(lease.Request(), default), problem => run.Expect(problem));
        if (answer is null)
        {
            lease.Phase = AskPhase.Gone;
            return;
        }

        run.Session.World.Note(answer.Ledger);
        (lease.Granted, lease.Phase) = (answer.Leases, AskPhase.Held);
        held.Add(lease);
        if (answer.Leases.Count != 2 || answer.Repeated)
        {
            run.Session.World.Fault($"{lease.Name}: {answer.Leases.Count} addresses, repeated: {answer.Repeated}");
        }
    }

    private async Task RepeatAsync(TrackedLease lease)
    {
        var answer = await run.SendAsync(
            () => run.Session.Api(node).GrantLeaseAsync(lease.Request(), default), problem => run.Expect(problem));
        if (answer is not null && !answer.Leases.SequenceEqual(lease.Granted))
        {
            run.Session.World.Fault($"{lease.Name}: a repeat was answered otherwise");
        }
    }

    private async Task ReleaseAsync(TrackedLease lease)
    {
        _ = held.Remove(lease); // It is there: it was chosen from it.
        lease.Phase = AskPhase.Releasing;
        var answer = await run.SendAsync(
            () => run.Session.Api(node).ReleaseLeaseAsync(LoadWorld.Network, lease.Name, "eth0", default),
            problem => run.Expect(problem));
        if (answer is null)
        {
            lease.Phase = AskPhase.Held;
            return;
        }

        lease.Phase = AskPhase.Gone;
        run.Session.World.Note(answer.Ledger);
        if (!answer.Released.SequenceEqual(lease.Granted.Select(granted => granted.Address)))
        {
            run.Session.World.Fault($"{lease.Name}: released {string.Join(' ', answer.Released)}");
        }
    }
}
