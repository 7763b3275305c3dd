using System.Text;
using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr.Wire;

/// <summary>
/// The value of the head's key: <c>H1 CLAIM HEAD PRIVATE BATCH</c>, apart by blanks. The claim is a random number of
/// the process that took the ledger over: it makes the bytes of each writer its own. The batch is the newest one, as it
/// will stand under its own key; the private rows are those of that batch.
/// </summary>
internal sealed record HeadEnvelope(
    string Claim,
    JournalHead Head,
    ReadOnlyMemory<byte> HeadBytes,
    string BatchText,
    IReadOnlyList<PrivateRow> Private)
{
    /// <summary>
    /// The claim of a ledger that was moved here and not led yet: nobody needs to be told to take it.
    /// </summary>
    public const string Unclaimed = "-";

    private const string Mark = "H1";

    /// <summary>The envelope of a head that carries its batch.</summary>
    public static HeadEnvelope Of(string claim, JournalHead head, JournalBatch batch) =>
        new(claim, head, JournalHeadCodec.Encode(head), BatchEnvelope.Encode(batch), batch.Private);

    /// <summary>As it is stored.</summary>
    public StoredValue Encode() => new(Encoding.ASCII.GetBytes(string.Join(
        ' ',
        Mark,
        Claim,
        Convert.ToBase64String(HeadBytes.Span),
        Convert.ToBase64String(PrivateRows.Encode(Private)),
        BatchText)));

    /// <summary>The newest batch.</summary>
    /// <exception cref="JournalStoreException"><c>head_damaged</c>.</exception>
    public JournalBatch Tail() => BatchEnvelope.Decode(BatchText) ?? throw Damaged("its batch cannot be read");

    /// <summary>Whether this is exactly that head.</summary>
    public bool Holds(JournalHead head) => JournalHeadCodec.Encode(head).AsSpan().SequenceEqual(HeadBytes.Span);

    /// <summary>Reads what is stored.</summary>
    /// <exception cref="JournalStoreException"><c>head_damaged</c>: this is no head.</exception>
    public static HeadEnvelope Decode(StoredValue value)
    {
        var parts = Encoding.ASCII.GetString(value.Bytes.Span).Split(' ');
        if (parts.Length != 5 || parts[0] != Mark || !Base64.TryRead(parts[2], out var head)
            || !Base64.TryRead(parts[3], out var rows) || PrivateRows.Decode(rows) is not { } privateRows)
        {
            throw Damaged("it is not what this program writes");
        }

        return new HeadEnvelope(parts[1], JournalHeadCodec.Decode(head), head, parts[4], privateRows);
    }

    private static JournalStoreException Damaged(string why) => new(
        "head_damaged", $"The journal's head in the state store is damaged: {why}. Restore the store from a copy.");
}
