using Broker.Core;
using Broker.Core.Time;
using Broker.Journal.Events;

namespace Broker.Server.Demo;

/// <summary>Rebuilds the state from what the event stream said, and checks its invariants.</summary>
internal sealed class DemoReplay
{
    private readonly Ledger _ledger = new();

    public void Take(long position, ReadOnlySpan<byte> line) =>
        _ledger.Apply(position, EventCodec.Decode(line), LedgerTime.Zero);

    /// <exception cref="InvalidOperationException">An invariant does not hold.</exception>
    public string Summary()
    {
        var faults = _ledger.Validate();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(" ", faults));
        }

        var queries = _ledger.Queries;
        return $"{queries.Nodes().Count} node, {queries.Blocks(null).Count} blocks, "
            + $"{queries.Leases(null, int.MaxValue).Count} leases, all invariants hold";
    }
}
