using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Journal.Reading;

/// <summary>
/// Checks that <c>at</c> never goes back and that each event names the previous one on its subject (I8). Remembers as
/// much as the state does: what is known of the addresses of a block goes when the block does. An address has a chain
/// of its leases in each generation, and one of each reservation of it: the two live apart. A pool, and each of its
/// blocks, has a chain until it is retired.
/// </summary>
internal sealed class ChainCheck
{
    private readonly Dictionary<Subject, long> _last = [];
    private readonly Dictionary<Generation, Dictionary<IpAddress, long>> _addresses = [];
    private readonly Dictionary<PoolName, HashSet<Subject>> _blocks = [];
    private Fact? _before;

    /// <summary>Takes the next event.</summary>
    /// <exception cref="JournalDamagedException">It does not fit those before it.</exception>
    public void Take(long position, Fact fact)
    {
        if (_before is not null && fact.At < _before.At)
        {
            throw new JournalDamagedException(
                "at_back", position, $"Position {position} was recorded at {fact.At}, before the one before it.");
        }

        var expected = Expected(position, fact.Event);
        if (fact.Prev != expected && !IsForgotten(fact))
        {
            throw new JournalDamagedException(
                "prev_wrong",
                position,
                $"Position {position} names {Text(fact.Prev)} as the previous event on {fact.Event.Subject}; it is "
                + $"{Text(expected)}.");
        }

        Remember(position, fact.Event);
        _before = fact;
    }

    // The state lets go of signing requests that were decided long ago, and of tokens that expired: one of the same
    // name may begin anew.
    private static bool IsForgotten(Fact fact) => fact is { Event: CsrObserved or TokenIssued, Prev: null };

    private static string Text(long? position) => position is { } known ? $"position {known}" : "nothing";

    private static (Generation Generation, IpAddress Address)? Lease(LedgerEvent e) => e switch
    {
        LeaseGranted granted => (granted.Generation, granted.Address),
        LeaseReleased released => (released.Generation, released.Address),
        LeaseReclaimed reclaimed => (reclaimed.Generation, reclaimed.Address),
        _ => null,
    };

    // Whatever is defined in its place is another pool, with other blocks.
    private void Forget(PoolRetired retired)
    {
        _ = _last.Remove(retired.Subject); // It is there: it was just set.
        if (_blocks.Remove(retired.Pool, out var blocks))
        {
            foreach (var block in blocks)
            {
                _ = _last.Remove(block); // It is there: it was granted.
            }
        }
    }

    private long? Expected(long position, LedgerEvent e)
    {
        if (Lease(e) is not { } lease)
        {
            return _last.TryGetValue(e.Subject, out var last) ? last : null;
        }

        if (!_addresses.TryGetValue(lease.Generation, out var addresses))
        {
            throw new JournalDamagedException(
                "generation_unknown",
                position,
                $"Position {position} is about a lease in generation {lease.Generation.Position}, which is not live.");
        }

        return addresses.TryGetValue(lease.Address, out var before) ? before : lease.Generation.Position;
    }

    private void Remember(long position, LedgerEvent e)
    {
        if (Lease(e) is { } lease)
        {
            _addresses[lease.Generation][lease.Address] = position;
            return;
        }

        _last[e.Subject] = position;
        if (e is ReservationDropped { Addresses.IsSingle: true })
        {
            // A later reservation of the address is another thing; the state has forgotten this one.
            _ = _last.Remove(e.Subject); // It is there: it was just set.
        }
        else if (e is BlockGranted granted)
        {
            _addresses[new Generation(position)] = [];
            if (!_blocks.TryGetValue(granted.Pool, out var blocks))
            {
                _blocks[granted.Pool] = blocks = [];
            }

            _ = blocks.Add(e.Subject); // It may have been granted before.
        }
        else if (e is PoolRetired retired)
        {
            Forget(retired);
        }
        else if (e is BlockReleased released)
        {
            _ = _addresses.Remove(released.Generation); // False for a block without a grant: found by its prev.
        }
        else if (e is BlockReclaimed reclaimed)
        {
            _ = _addresses.Remove(reclaimed.Generation); // As above.
        }
    }
}
