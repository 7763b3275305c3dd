using System.Collections.Concurrent;

namespace Broker.Testing.Dapr;

/// <summary>A component with the faults of its sidecar in front.</summary>
internal sealed class FaultyStore(IStateComponent component, SidecarFaults faults)
{
    // What each key had before the last write through this sidecar, until a read was no longer behind.
    private readonly ConcurrentDictionary<string, StateEntry?> _before = new(StringComparer.Ordinal);

    public async Task<StateEntry?> GetAsync(string key)
    {
        if (faults.Strikes(SidecarFault.StoreDown) || faults.Strikes(SidecarFault.ReadFailed))
        {
            throw Failure("the store is away");
        }

        if (_before.TryGetValue(key, out var before) && faults.Strikes(SidecarFault.StaleRead))
        {
            return before;
        }

        _ = _before.TryRemove(key, out _); // It has caught up, or never was behind.
        return await component.GetAsync(key);
    }

    public Task SetAsync(IReadOnlyList<StateSet> sets) => WithFaultsAsync(sets, async () =>
    {
        var isTorn = sets.Count > 1 && faults.Strikes(SidecarFault.Torn);
        foreach (var set in isTorn ? sets.Take(1) : sets)
        {
            await component.SetAsync(set);
        }

        if (isTorn)
        {
            throw Failure("some of the writes failed");
        }
    });

    public Task TransactAsync(IReadOnlyList<StateSet> sets) => WithFaultsAsync(
        sets, () => component.TransactAsync(sets, faults.Strikes(SidecarFault.Doubled)));

    private async Task WithFaultsAsync(IReadOnlyList<StateSet> sets, Func<Task> apply)
    {
        if (faults.Strikes(SidecarFault.StoreDown) || faults.Strikes(SidecarFault.Refused))
        {
            throw Failure("the store is away");
        }

        if (faults.Strikes(SidecarFault.FalselyGood))
        {
            return;
        }

        if (faults.Strikes(SidecarFault.AppliedLate))
        {
            ApplyLater(apply);
            throw Failure("context deadline exceeded");
        }

        foreach (var set in sets)
        {
            _before[set.Key] = await component.GetAsync(set.Key);
        }

        await apply();
        if (faults.Strikes(SidecarFault.Repeated))
        {
            ApplyLater(apply);
        }

        if (faults.Strikes(SidecarFault.ReplyLost))
        {
            throw Failure("read: connection reset by peer");
        }
    }

    private void ApplyLater(Func<Task> apply) => _ = Task.Run(async () =>
    {
        await Task.Delay(faults.Late);
        try
        {
            await apply();
        }
        catch (StateStoreException)
        {
            return; // Nobody listens any more.
        }
    });

    private static StateStoreException Failure(string message) => new(message, StateFailure.Other);
}
