using System.Text.Json;
using Broker.Core;
using Broker.Core.Journal;
using Broker.Core.Time;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>A second ledger made from the same facts, and all that the two can be asked.</summary>
internal static class Replay
{
    public static Ledger Of(World world)
    {
        var ledger = new Ledger();
        Apply(ledger, world.Facts, LedgerTime.Zero);
        Assert.Empty(ledger.Validate());
        return ledger;
    }

    public static void Apply(Ledger ledger, IReadOnlyList<Fact> facts, LedgerTime now)
    {
        foreach (var fact in facts)
        {
            ledger.Apply(ledger.Size, fact, now);
        }
    }

    /// <summary>
    /// Every answer as text. What is cooling is left out: after a restart all of it cools anew, so that only the sum
    /// of free and cooling stays.
    /// </summary>
    public static string Text(Ledger ledger)
    {
        var queries = ledger.Queries;
        return JsonSerializer.Serialize(new
        {
            queries.Ledger,
            Pools = queries.Pools().Select(pool => pool with { BlocksCooling = 0 }),
            Reservations = queries.Reservations(),
            Nodes = queries.Nodes(),
            Certificates = queries.Nodes().SelectMany(node => queries.CertificatesOf(node.Node)),
            Csrs = queries.Csrs(),
            Tokens = queries.Tokens(),
            Blocks = queries.Blocks(null).Select(Settle),
            Each = queries.Nodes().SelectMany(node => queries.Blocks(node.Node)).Select(Settle),
            Leases = queries.Leases(null, int.MaxValue),
            Own = queries.Nodes().SelectMany(node => queries.Leases(node.Node, int.MaxValue)),
        });
    }

    private static BlockView Settle(BlockView block) =>
        block with { FreeAtLeast = block.FreeAtLeast + block.AddressesCooling, AddressesCooling = 0 };
}
