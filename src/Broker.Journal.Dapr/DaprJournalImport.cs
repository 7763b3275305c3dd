using System.Globalization;
using System.Text;
using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Dapr.Sidecar;
using Broker.Journal.Dapr.Wire;
using Broker.Journal.Moving;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr;

/// <summary>A state store that takes over the journal of another place. A cursor says how far a copy came.</summary>
public sealed class DaprJournalImport : IJournalImport
{
    private const string CursorMark = "I1";
    private const string BlobMark = "X1";
    private const int BatchesPerCursor = 64;

    private readonly DaprJournalSettings _settings;
    private readonly IStateApi _api;
    private readonly PatientStore _store;
    private readonly DaprKeys _keys;
    private readonly BatchReader _batches;
    private (string Origin, long Batches, long Size) _cursor = (string.Empty, 0, 0);

    private DaprJournalImport(DaprJournalSettings settings, IStateApi api, TimeProvider time)
    {
        (_settings, _api, _keys) = (settings, api, new DaprKeys(settings.Name));
        _store = new PatientStore(api, settings.Patience, time);
        _batches = new BatchReader(api, _store, _keys);
    }

    /// <summary>Nothing is asked of the sidecar yet.</summary>
    public static DaprJournalImport Connect(DaprJournalSettings settings, TimeProvider time) =>
        new(settings, new DaprStateApi(settings), time);

    /// <inheritdoc/>
    public async Task<JournalHead?> OpenAsync(CancellationToken cancellationToken)
    {
        var copy = await _store.ReadAsync(_keys.Head, cancellationToken).ConfigureAwait(false);
        return copy.Value is { } value ? HeadEnvelope.Decode(value).Head : null;
    }

    /// <inheritdoc/>
    public async Task<long> BeginAsync(string origin, CancellationToken cancellationToken)
    {
        if (origin != _settings.Origin)
        {
            throw Other(_settings.Origin, origin);
        }

        if (_cursor.Batches == 0)
        {
            var copy = await _store.ReadAsync(_keys.Import, cancellationToken).ConfigureAwait(false);
            _cursor = copy.Value is { } value && Read(value) is { } read ? read : (origin, 0, 0);
        }

        return _cursor.Origin == origin ? _cursor.Size : throw Other(_cursor.Origin, origin);
    }

    /// <inheritdoc/>
    public Task PutBlobAsync(ReadOnlyMemory<byte> blob, CancellationToken cancellationToken) => _store.KeepAsync(
        _keys.Blob(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(blob.Span))),
        Envelopes.Seal(BlobMark, blob.Span),
        cancellationToken);

    /// <inheritdoc/>
    public async Task PutBatchAsync(JournalBatch batch, CancellationToken cancellationToken)
    {
        foreach (var (key, value) in TailValues.Of(_keys, batch))
        {
            await _store.KeepAsync(key, value, cancellationToken).ConfigureAwait(false);
        }

        _cursor = (_settings.Origin, batch.Number + 1, batch.End);
        if (_cursor.Batches % BatchesPerCursor == 0)
        {
            await _store.KeepAsync(_keys.Import, Value(_cursor), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalBatch> ReadBatchesAsync(long fromPosition, CancellationToken cancellationToken) =>
        fromPosition >= _cursor.Size
            ? AsyncEnumerable.Empty<JournalBatch>()
            : _batches.ReadBelowAsync(_cursor.Batches, fromPosition, cancellationToken);

    /// <inheritdoc/>
    public async Task FinishAsync(JournalHead head, JournalBatch tail, CancellationToken cancellationToken)
    {
        var value = HeadEnvelope.Of(HeadEnvelope.Unclaimed, head, tail).Encode();
        var swap = await _store.RunAsync(
            _keys.Head,
            HeadSwap.Begin(new HeadCopy(null, string.Empty), value),
            (_, _) => false,
            HeadRules.Missing(_settings),
            cancellationToken).ConfigureAwait(false);
        if (swap.Step != SwapStep.Committed)
        {
            throw new JournalStoreException(
                "journal_exists", $"Somebody else created a ledger under '{_keys.Head}' meanwhile.");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _api.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The same over another state API.</summary>
    internal static DaprJournalImport Over(IStateApi api, DaprJournalSettings settings, TimeProvider time) =>
        new(settings, api, time);

    private static JournalStoreException Other(string there, string origin) => new(
        "import_other", $"The destination is meant for '{there}', and the source is '{origin}'.");

    private static StoredValue Value((string Origin, long Batches, long Size) cursor) => Envelopes.Seal(
        CursorMark,
        Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{cursor.Origin} {cursor.Batches} {cursor.Size}")));

    private static (string Origin, long Batches, long Size)? Read(StoredValue value)
    {
        var cells = Envelopes.Open(CursorMark, value) is { } bytes ? Encoding.ASCII.GetString(bytes).Split(' ') : [];
        return cells.Length == 3 && long.TryParse(cells[1], CultureInfo.InvariantCulture, out var batches)
            && long.TryParse(cells[2], CultureInfo.InvariantCulture, out var size)
            ? (cells[0], batches, size)
            : null;
    }
}
