using System.Text;
using Broker.Client;

namespace Broker.Testing.Load;

/// <summary>
/// Reads the journal as anybody could, from the event stream, and holds it against the design's invariants; it knows
/// nothing of the product's own state machine.
/// </summary>
public sealed class EventChecker
{
    /// <summary>
    /// Recorded times are the wall clock's, cooldowns run on the monotonic one, and a busy machine may stop between
    /// the two readings.
    /// </summary>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromMilliseconds(500);

    private readonly TreeRoots tree = new();
    private readonly Dictionary<string, long> last = [];
    private readonly List<string> faults = [];
    private readonly BlockBook blocks;
    private readonly LeaseBook leases;
    private DateTimeOffset newest;
    private long epoch;

    /// <summary>Of a broker as it runs.</summary>
    public EventChecker()
        : this(CheckerRules.Real)
    {
    }

    public EventChecker(CheckerRules rules)
    {
        blocks = new BlockBook(faults, rules);
        leases = new LeaseBook(blocks, faults, rules);
    }

    /// <summary>How many events it has read; the next position.</summary>
    public long Size => tree.Size;

    /// <summary>What is wrong, one sentence each.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>The generations of the live blocks, by block.</summary>
    public IReadOnlyDictionary<string, long> Blocks => blocks.Live;

    /// <summary>The positions of the live leases, by address.</summary>
    public IReadOnlyDictionary<string, long> Leases =>
        leases.Live.ToDictionary(lease => lease.Key, lease => lease.Value.Position);

    /// <summary>The root of the first so many events, lower-case hexadecimal.</summary>
    public string RootAt(long size) => tree.RootAt(size);

    public void Take(StreamedEvent streamed)
    {
        var e = JournalEvent.Read(streamed);
        if (e.Position != Size)
        {
            faults.Add($"position {e.Position} comes after {Size - 1}");
        }

        if (e.At < newest)
        {
            faults.Add($"position {e.Position}: its time goes back by {newest - e.At}");
        }

        var before = LastOn(e);
        if (e.Prev != before)
        {
            faults.Add($"position {e.Position}: prev of {e.Subject} is {e.Prev}, not {before}");
        }

        (newest, last[e.Subject]) = (e.At, e.Position);
        tree.Append(Encoding.UTF8.GetBytes(streamed.Line));
        Follow(e);
    }

    private long? LastOn(JournalEvent e)
    {
        if (!e.Subject.StartsWith("ip/", StringComparison.Ordinal))
        {
            return last.TryGetValue(e.Subject, out var position) ? position : null;
        }

        // What is known of an address ends with its block's generation; the first event on it names the grant.
        var generation = e.Number("generation");
        var onAddress = blocks.Find(generation)?.LastOnAddress;
        var before = onAddress?.GetValueOrDefault(e.Subject, generation);
        if (onAddress is not null)
        {
            onAddress[e.Subject] = e.Position;
        }

        return before;
    }

    private void Follow(JournalEvent e)
    {
        switch (e.Type)
        {
            case "ledger.led":
                epoch++;
                if (e.Number("epoch") != epoch)
                {
                    faults.Add($"position {e.Position}: epoch {e.Number("epoch")} comes after {epoch - 1}");
                }

                break;
            case "pool.defined":
                blocks.Define(e);
                break;
            case "block.granted":
                blocks.Grant(e);
                break;
            case "block.released" or "block.reclaimed":
                blocks.Release(e);
                break;
            case "lease.granted":
                leases.Grant(e);
                break;
            case "lease.released" or "lease.reclaimed":
                leases.Release(e);
                break;
        }
    }
}
