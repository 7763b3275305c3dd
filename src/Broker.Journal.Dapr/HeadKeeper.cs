using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Dapr.Sidecar;
using Broker.Journal.Dapr.Wire;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr;

/// <summary>
/// The writing side: runs <see cref="HeadSwap"/> and <see cref="TailKeeping"/> against the store. One caller at a
/// time; <c>aside</c> begins what runs while callers are answered.
/// </summary>
internal sealed class HeadKeeper(
    IStateApi api,
    PatientStore store,
    DaprKeys keys,
    DaprJournalSettings settings,
    LedgerPlace? place,
    TimeProvider time,
    Func<Func<Task<TailKeeping>>, Task<TailKeeping>> aside) : IAsyncDisposable
{
    private readonly string _claim = Convert.ToHexStringLower(
        System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
    private readonly CancellationTokenSource _closing = new();

    private (HeadCopy Copy, HeadEnvelope Envelope)? _held;
    private long _seen;
    private Task<TailKeeping> _keeping = Task.FromResult(TailKeeping.Begin());

    /// <summary>Whether this process has taken the ledger over, or made it.</summary>
    public bool HasClaimed { get; private set; }

    /// <summary>The head as it is now; null where there is none. Never one from before what this process saw.</summary>
    /// <exception cref="JournalStoreException">It could not be read in time, or is damaged.</exception>
    public async Task<(HeadCopy Copy, HeadEnvelope? Envelope)> ReadAsync(CancellationToken cancellationToken)
    {
        var doubt = new StoreDoubt(settings.Patience, time);
        while (true)
        {
            var copy = await store.ReadAsync(keys.Head, cancellationToken).ConfigureAwait(false);
            var envelope = copy.Value is { } value ? HeadEnvelope.Decode(value) : null;
            if ((envelope?.Head.Size ?? 0) >= _seen)
            {
                _seen = envelope?.Head.Size ?? 0;
                return (copy, envelope);
            }

            doubt.Saw(envelope is null
                ? HeadRules.Missing(settings)
                : HeadRules.BackInTime(envelope.Head.Size, _seen));
            await doubt.PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the first head; false when there is one already.</summary>
    public async Task<bool> CreateAsync(JournalHead head, JournalBatch genesis, CancellationToken cancellationToken)
    {
        var first = HeadEnvelope.Of(_claim, head, genesis);
        var value = first.Encode();
        if ((await ReadAsync(cancellationToken).ConfigureAwait(false)).Copy.Value is not null)
        {
            return false;
        }

        place?.Remember(_claim);
        var swap = await RunAsync(HeadSwap.Begin(new HeadCopy(null, string.Empty), value), null, cancellationToken)
            .ConfigureAwait(false);
        return swap.Step == SwapStep.Committed && Hold(swap.Known, first);
    }

    /// <summary>
    /// Takes over: the same head with a claim of this process. From then on the writer before can swap nothing.
    /// </summary>
    /// <exception cref="JournalStoreException">
    /// <c>ledger_led</c>: the last writer was another one, and no take-over was asked for.
    /// </exception>
    public async Task<HeadEnvelope?> ClaimAsync(CancellationToken cancellationToken)
    {
        var doubt = new StoreDoubt(settings.Patience, time);
        while (true)
        {
            var (copy, found) = await ReadAsync(cancellationToken).ConfigureAwait(false);
            HeadRules.Require(settings, found, place?.Mark);
            if (found is null)
            {
                return null;
            }

            var isOurs = found.Claim == HeadEnvelope.Unclaimed || place?.Knows(found.Claim) == true;
            if (!settings.TakeOver && !isOurs)
            {
                throw HeadRules.Led(found);
            }

            place?.Remember(_claim);
            var next = found with { Claim = _claim };
            var swap = await RunAsync(HeadSwap.Begin(copy, next.Encode()), found, cancellationToken)
                .ConfigureAwait(false);
            if (swap.Step == SwapStep.Committed)
            {
                _ = Hold(swap.Known, next); // Always true.
                return next;
            }

            // The writer before has committed meanwhile. Nothing of this claim can be applied any more.
            doubt.Saw(HeadRules.Led(found));
            await doubt.PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Keeps the batch of the head under its own key, then swaps the head for one with the next batch.
    /// </summary>
    public async Task<CommitResult> CommitAsync(
        JournalHead previous, JournalHead next, JournalBatch batch, CancellationToken cancellationToken)
    {
        if (_held is not { } held || !held.Envelope.Holds(previous))
        {
            return CommitResult.Superseded;
        }

        await KeepAsync(held.Envelope, cancellationToken).ConfigureAwait(false);
        var envelope = HeadEnvelope.Of(_claim, next, batch);
        var swap = await RunAsync(HeadSwap.Begin(held.Copy, envelope.Encode()), held.Envelope, cancellationToken)
            .ConfigureAwait(false);
        if (swap.Step == SwapStep.Committed)
        {
            _ = Hold(swap.Known, envelope); // Always true.
            return CommitResult.Committed;
        }

        _held = null;
        return CommitResult.Superseded;
    }

    /// <summary>Whether the head, read now, is what this process wrote last.</summary>
    public async Task<bool> LeadsAsync(JournalHead head, CancellationToken cancellationToken)
    {
        var (copy, _) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return _held is { } held && held.Envelope.Holds(head) && Equals(copy.Value, held.Copy.Value);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await ((Task)_keeping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    // The batch goes under its own key while its callers are answered and the next one fills.
    private bool Hold(HeadCopy copy, HeadEnvelope envelope)
    {
        (_held, _seen, HasClaimed) = ((copy, envelope), envelope.Head.Size, true);
        place?.Saw(envelope.Head);
        _keeping = aside(() => TryKeepAsync(envelope, TailKeeping.Begin(), null, _closing.Token));
        return true;
    }

    private async Task KeepAsync(HeadEnvelope envelope, CancellationToken cancellationToken)
    {
        var doubt = new StoreDoubt(settings.Patience, time);
        var keeping = await _keeping.ConfigureAwait(false);
        while (keeping.Step != TailStep.Kept)
        {
            keeping = await TryKeepAsync(envelope, keeping, doubt, cancellationToken).ConfigureAwait(false);
            if (keeping.Step != TailStep.Kept)
            {
                await doubt.PauseAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        _keeping = Task.FromResult(keeping);
    }

    private async Task<TailKeeping> TryKeepAsync(
        HeadEnvelope envelope, TailKeeping keeping, StoreDoubt? doubt, CancellationToken cancellationToken)
    {
        var values = TailValues.Of(keys, envelope);
        try
        {
            await api.WriteAsync(values, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StateCallException or OperationCanceledException)
        {
            doubt?.Failed(e);
        }

        keeping = keeping.Written();
        try
        {
            return keeping.Read(await TailValues.AreThereAsync(api, values, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is StateCallException or OperationCanceledException)
        {
            doubt?.Failed(e);
            return keeping.Read(false);
        }
    }

    private Task<HeadSwap> RunAsync(HeadSwap swap, HeadEnvelope? known, CancellationToken cancellationToken) =>
        store.RunAsync(
            keys.Head,
            swap,
            (value, doubt) => known is not null && IsOlder(value, known, doubt),
            HeadRules.Missing(settings),
            cancellationToken);

    private static bool IsOlder(StoredValue value, HeadEnvelope known, StoreDoubt doubt)
    {
        var found = HeadEnvelope.Decode(value);
        if (found.Head.Size >= known.Head.Size || found.Head.Origin != known.Head.Origin)
        {
            return false;
        }

        doubt.Saw(HeadRules.BackInTime(found.Head.Size, known.Head.Size));
        return true;
    }
}
