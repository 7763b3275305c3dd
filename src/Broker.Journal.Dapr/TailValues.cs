using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Dapr.Sidecar;
using Broker.Journal.Dapr.Wire;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr;

/// <summary>What the head carries, as it will stand under keys of its own: the batch, and each private row.</summary>
internal static class TailValues
{
    /// <summary>Keys and values; the same for everybody who has read that head.</summary>
    public static IReadOnlyList<KeyValuePair<string, StoredValue>> Of(DaprKeys keys, HeadEnvelope envelope) =>
        Of(keys, envelope.Head.BatchNumber, envelope.BatchText, envelope.Private);

    /// <summary>The same of a batch.</summary>
    public static IReadOnlyList<KeyValuePair<string, StoredValue>> Of(DaprKeys keys, JournalBatch batch) =>
        Of(keys, batch.Number, BatchEnvelope.Encode(batch), batch.Private);

    private static IReadOnlyList<KeyValuePair<string, StoredValue>> Of(
        DaprKeys keys, long number, string text, IReadOnlyList<PrivateRow> rows) =>
    [
        new(keys.Batch(number), BatchEnvelope.Value(text)),
        .. rows.DistinctBy(row => row.Commitment).Select(row => new KeyValuePair<string, StoredValue>(
            keys.Private(row.Commitment), PrivateValue(row))),
    ];

    /// <summary>Reads each back, strongly, and compares every byte.</summary>
    public static async Task<bool> AreThereAsync(
        IStateApi api, IReadOnlyList<KeyValuePair<string, StoredValue>> values, CancellationToken cancellationToken)
    {
        foreach (var (key, value) in values)
        {
            if (!value.Equals((await api.ReadAsync(key, cancellationToken).ConfigureAwait(false)).Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A private row under its commitment; null when the bytes are none.</summary>
    public static PrivateRow? Private(StoredValue value) =>
        Envelopes.Open("P1", value) is { } bytes && PrivateRows.Decode(bytes) is [var row] ? row : null;

    private static StoredValue PrivateValue(PrivateRow row) => Envelopes.Seal("P1", PrivateRows.Encode([row]));
}
