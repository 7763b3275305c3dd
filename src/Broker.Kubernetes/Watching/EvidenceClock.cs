using System.Collections.Concurrent;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Time;
using Broker.Kubernetes.Recording;

namespace Broker.Kubernetes.Watching;

/// <summary>
/// How complete the record is: since when the newest whole list was taken, and when nobody watched. Each start says
/// since when the witness was away; while it runs, only a silence in which a CSR can come and go is written down.
/// </summary>
public sealed class EvidenceClock(TimeProvider time, IContactMark mark, IReadOnlySet<string> signers)
{
    private bool _started;
    private readonly ConcurrentDictionary<string, long> _complete = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a list of each signer's CSRs that was begun after that moment of the monotonic clock is in the record,
    /// whole.
    /// </summary>
    public bool IsCompleteSince(long moment) =>
        signers.All(signer => _complete.TryGetValue(signer, out var begun) && begun > moment);

    /// <summary>The signer's list that was begun then is durable.</summary>
    internal void Complete(string signer, long begun) => _complete[signer] = begun;

    /// <summary>A list is there: records how long there was none, if that is to be recorded.</summary>
    internal async Task ResumedAsync(IWitnessLedger ledger, DateTimeOffset? lastContact)
    {
        var since = _started ? lastContact : mark.Read();
        var until = time.GetUtcNow();
        Instant? from = since is { } heard && heard <= until ? Instant.From(heard) : null;
        var gap = new EvidenceGap(from, Instant.From(until));
        if (!_started || gap.IsLoss)
        {
            await ledger.RecordGapAsync(new RecordGap(gap.Since, gap.Until)).ConfigureAwait(false);
        }

        _started = true;
    }
}
