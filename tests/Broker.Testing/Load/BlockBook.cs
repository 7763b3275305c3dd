using System.Net;

namespace Broker.Testing.Load;

/// <summary>Pools and blocks by the events: no block twice, none before it has cooled, none released in use.</summary>
internal sealed class BlockBook(List<string> faults, CheckerRules rules)
{
    private readonly Dictionary<string, (TimeSpan Address, TimeSpan Block)> cooldowns = [];
    private readonly Dictionary<long, LiveBlock> byGeneration = [];
    private readonly Dictionary<string, long> live = [];
    private readonly Dictionary<string, DateTimeOffset> released = [];

    /// <summary>The generations of the live blocks, by block.</summary>
    public IReadOnlyDictionary<string, long> Live => live;

    public LiveBlock? Find(long generation) => byGeneration.GetValueOrDefault(generation);

    public TimeSpan AddressCooldown(LiveBlock block) => cooldowns[block.Pool].Address;

    public void Define(JournalEvent e) => cooldowns.Add(
        e.Text("pool"),
        (
            TimeSpan.FromSeconds(e.Number("addressCooldownSeconds")),
            TimeSpan.FromSeconds(e.Number("blockCooldownSeconds"))));

    public void Grant(JournalEvent e)
    {
        var (name, pool) = (e.Text("block"), e.Text("pool"));
        // All blocks of a pool have one size, and pools are apart: the same name is the only way to overlap.
        if (live.TryGetValue(name, out var holder))
        {
            faults.Add($"position {e.Position}: {name} is granted, but live since {holder}");
        }

        if (rules.ClocksAreTrue && released.TryGetValue(name, out var since)
            && e.At - since < cooldowns[pool].Block - EventChecker.ClockSlack)
        {
            faults.Add($"position {e.Position}: {name} is granted {e.At - since} after its release");
        }

        live[name] = e.Position;
        byGeneration[e.Position] = new LiveBlock(IPNetwork.Parse(name), pool, e.Text("node"), e.Position);
    }

    public void Release(JournalEvent e)
    {
        var (name, generation) = (e.Text("block"), e.Number("generation"));
        if (!live.TryGetValue(name, out var position) || position != generation)
        {
            faults.Add($"position {e.Position}: {name} of generation {generation} is released, but not live");
            return;
        }

        if (byGeneration[generation] is { } block && (block.Leases > 0 || block.Node != e.Text("node")))
        {
            faults.Add($"position {e.Position}: {name} of {block.Node} is released with {block.Leases} leases in it");
        }

        _ = byGeneration.Remove(generation); // It is there: the line above found it.
        _ = live.Remove(name);
        released[name] = e.At;
    }
}
