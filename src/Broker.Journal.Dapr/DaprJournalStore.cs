using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Dapr.Sidecar;
using Broker.Journal.Dapr.Wire;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr;

/// <summary>
/// A journal in a Dapr state store, by the inline-tail protocol: the head carries the newest batch, which gets a key of
/// its own, read back equal, before the next head replaces it; a commit is a strong read of the head that gives the
/// bytes that were written. Replies are never believed.
/// </summary>
public sealed class DaprJournalStore : IJournalStore, IMarkedStore, IContestedStore
{
    private const string BlobMark = "X1";

    private readonly DaprJournalSettings _settings;
    private readonly DaprJournalMode _mode;
    private readonly IStateApi _api;
    private readonly LedgerPlace? _place;
    private readonly DaprKeys _keys;
    private readonly HeadKeeper _keeper;
    private readonly BatchReader _batches;
    private readonly PatientStore _store;
    private readonly SnapshotKeys _snapshots;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private JournalStoreException? _failure;
    private int _disposed;

    private DaprJournalStore(
        DaprJournalSettings settings,
        DaprJournalMode mode,
        IStateApi api,
        LedgerPlace? place,
        TimeProvider time,
        Func<Func<Task<TailKeeping>>, Task<TailKeeping>> aside)
    {
        (_settings, _mode, _api, _place, _keys) = (settings, mode, api, place, new DaprKeys(settings.Name));
        _store = new PatientStore(api, settings.Patience, time);
        _keeper = new HeadKeeper(api, _store, _keys, settings, place, time, aside);
        _batches = new BatchReader(api, _store, _keys);
        _snapshots = new SnapshotKeys(api, _store, _keys);
    }

    /// <inheritdoc/>
    public JournalMark? Mark => _place?.Mark;

    /// <summary>Takes the broker's folder; nothing is asked of the sidecar yet.</summary>
    /// <exception cref="JournalStoreException"><c>data_folder_locked</c> or <c>mark_damaged</c>.</exception>
    public static DaprJournalStore Connect(DaprJournalSettings settings, DaprJournalMode mode, TimeProvider time)
    {
        var place = settings.Folder is { } folder
            ? LedgerPlace.Take(folder, mode == DaprJournalMode.ReadOnly, time)
            : null;
        return new DaprJournalStore(settings, mode, new DaprStateApi(settings), place, time, Task.Run);
    }

    /// <summary>
    /// The same over another state API; tests have one in memory, and a simulation begins everything at once.
    /// </summary>
    internal static DaprJournalStore Over(
        IStateApi api,
        DaprJournalSettings settings,
        DaprJournalMode mode,
        TimeProvider time,
        Func<Func<Task<TailKeeping>>, Task<TailKeeping>>? aside = null) =>
        new(settings, mode, api, null, time, aside ?? Task.Run);

    /// <inheritdoc/>
    /// <remarks>The first time, a store that may write takes the ledger over.</remarks>
    /// <exception cref="JournalStoreException">
    /// <c>ledger_led</c>, <c>ledger_other</c>, <c>head_missing</c>, <c>head_back_in_time</c>, <c>head_damaged</c> or a
    /// <c>dapr_*</c> code.
    /// </exception>
    public async Task<JournalHead?> OpenAsync(CancellationToken cancellationToken)
    {
        if (_mode != DaprJournalMode.ReadOnly && !_keeper.HasClaimed)
        {
            return (await _keeper.ClaimAsync(cancellationToken).ConfigureAwait(false))?.Head;
        }

        var (_, found) = await _keeper.ReadAsync(cancellationToken).ConfigureAwait(false);
        HeadRules.Require(_settings, found, Mark);
        return found?.Head;
    }

    /// <inheritdoc/>
    public async Task CreateAsync(JournalHead head, JournalBatch genesis, CancellationToken cancellationToken)
    {
        genesis.CheckLimits();
        if (head.Origin != _settings.Origin)
        {
            throw new ArgumentException($"The settings mean '{_settings.Origin}'.", nameof(head));
        }

        if (!await WriteAsync(token => _keeper.CreateAsync(head, genesis, token), cancellationToken)
                .ConfigureAwait(false))
        {
            throw new JournalStoreException(
                "journal_exists",
                $"There is a ledger under '{_keys.Head}' in '{_settings.StateStore}' already. Serve it, or choose "
                + "another journal:dapr:name; nothing is overwritten.");
        }
    }

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(
        JournalHead previous, JournalHead next, JournalBatch batch, CancellationToken cancellationToken)
    {
        previous.CheckNext(next, batch);
        return WriteAsync(token => _keeper.CommitAsync(previous, next, batch, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> LeadsAsync(JournalHead head, CancellationToken cancellationToken) =>
        WriteAsync(token => _keeper.LeadsAsync(head, token), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalBatch> ReadBatchesAsync(
        long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (_, found) = await _keeper.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            yield break;
        }

        await foreach (var batch in _batches.ReadAsync(found, fromPosition, cancellationToken).ConfigureAwait(false))
        {
            yield return batch;
        }
    }

    /// <inheritdoc/>
    public async Task PutSnapshotAsync(
        SnapshotReference reference, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken)
    {
        if (HashOf(snapshot.Span) != reference.Hash)
        {
            throw new ArgumentException("The bytes do not have the hash of the reference.", nameof(snapshot));
        }

        _ = await WriteAsync(
            async token =>
            {
                await _snapshots.PutAsync(reference, snapshot, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false); // Always true.
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> GetSnapshotAsync(
        SnapshotReference reference, CancellationToken cancellationToken)
    {
        var bytes = await _snapshots.GetAsync(reference, cancellationToken).ConfigureAwait(false);
        return bytes is null || HashOf(bytes) != reference.Hash ? null : (ReadOnlyMemory<byte>?)bytes;
    }

    /// <inheritdoc/>
    public async Task<BlobHash> PutBlobAsync(ReadOnlyMemory<byte> blob, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blob.Length, JournalLimits.BlobBytesMax, nameof(blob));
        RequireWritable();
        var hash = HashOf(blob.Span);
        try
        {
            await _store.KeepAsync(_keys.Blob(hash.Value), Envelopes.Seal(BlobMark, blob.Span), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (JournalStoreException e)
        {
            _failure ??= e;
            throw;
        }

        return hash;
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> GetBlobAsync(BlobHash hash, CancellationToken cancellationToken)
    {
        var copy = await _store.ReadAsync(_keys.Blob(hash.Value), cancellationToken).ConfigureAwait(false);
        if (copy.Value is not { } value)
        {
            return null;
        }

        return Envelopes.Open(BlobMark, value) is { } bytes && HashOf(bytes) == hash
            ? bytes
            : throw new JournalStoreException(
                "blob_damaged", $"The blob {hash} lacks its hash. Restore the state store from a copy.");
    }

    /// <inheritdoc/>
    public async Task<PrivateRow?> ReadPrivateAsync(string commitment, CancellationToken cancellationToken)
    {
        // The head first: what it does not carry any more is under its own key already.
        var (_, found) = await _keeper.ReadAsync(cancellationToken).ConfigureAwait(false);
        var row = found?.Private.FirstOrDefault(r => r.Commitment == commitment);
        if (row is null)
        {
            var copy = await _store.ReadAsync(_keys.Private(commitment), cancellationToken).ConfigureAwait(false);
            if (copy.Value is not { } value)
            {
                return null;
            }

            row = TailValues.Private(value);
        }

        return row is not null && PrivateText.Seal(row.Value, Convert.FromHexString(row.Salt)).Commitment == commitment
            ? row
            : throw new JournalStoreException(
                "private_damaged", $"The private value of {commitment} does not have its commitment any more.");
    }

    /// <summary>Finishes what is on its way, and lets go of sidecar and folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _keeper.DisposeAsync().ConfigureAwait(false);
        _api.Dispose();
        _place?.Dispose();
        _writing.Dispose();
    }

    // One write at a time; its first failure is the last, because what it sent may be applied at any later time.
    private async Task<T> WriteAsync<T>(Func<CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        RequireWritable();
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            RequireWritable();
            return await write(cancellationToken).ConfigureAwait(false);
        }
        catch (JournalStoreException e)
        {
            _failure ??= e;
            throw;
        }
        catch (OperationCanceledException)
        {
            _failure ??= new JournalStoreException(
                "store_undecided", "A write was given up before its outcome was known. Open the journal again.");
            throw;
        }
        finally
        {
            _ = _writing.Release(); // The count before, which is always 0.
        }
    }

    private void RequireWritable()
    {
        if (_mode == DaprJournalMode.ReadOnly)
        {
            throw new JournalStoreException("store_read_only", "The journal was opened for reading only.");
        }

        if (_failure is { } failure)
        {
            throw new JournalStoreException(failure.Code, failure.Message, failure);
        }
    }

    private static BlobHash HashOf(ReadOnlySpan<byte> bytes) =>
        BlobHash.Parse(Convert.ToHexStringLower(SHA256.HashData(bytes)));
}
