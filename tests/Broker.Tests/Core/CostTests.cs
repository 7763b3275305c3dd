using System.Diagnostics;
using Broker.Core;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>What one lease allocates and what stays of it, in bytes; alone, for the heap is shared.</summary>
[Collection("alone")]
public sealed class CostTests
{
    private const int Leases = 50_000;

    [Fact]
    public void A_lease_allocates_and_keeps_little()
    {
        var world = new World { Validates = false };
        world.Define(World.Pool("p", "10.0.0.0/8", 24, blocksMax: 65_536));
        var node = world.Admit("node-a");
        var commands = new GrantLease[Leases];
        for (var i = 0; i < Leases; i++)
        {
            commands[i] = world.Lease(node, $"container-{i}");
        }

        var ledger = world.Ledger;
        var kept = GC.GetTotalMemory(forceFullCollection: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        foreach (var command in commands)
        {
            Apply(ledger, ledger.Decide(command, world.Now).Facts, world.Now);
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / Leases;
        kept = (GC.GetTotalMemory(forceFullCollection: true) - kept) / Leases;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{allocated} B allocated, {kept} B kept, {elapsed.TotalMicroseconds / Leases:f2} us each");
        Assert.InRange(allocated, 1, 1_250);
        Assert.InRange(kept, 1, 450);
        GC.KeepAlive(commands);
        GC.KeepAlive(ledger);
    }

    private static void Apply(Ledger ledger, IReadOnlyList<Fact> facts, Broker.Core.Time.Moment now)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            ledger.Apply(ledger.Size, facts[i], now.Ledger);
        }
    }
}
