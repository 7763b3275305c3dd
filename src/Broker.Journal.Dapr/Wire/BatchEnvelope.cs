using System.Globalization;
using System.Text;
using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr.Wire;

/// <summary>
/// A batch as the value of its key: <c>B1.NUMBER.FIRST.LINES.LEAVES</c>, the last two in base64. ASCII and no JSON:
/// there are stores that take a JSON value apart, and others that want UTF-8.
/// </summary>
internal static class BatchEnvelope
{
    private const string Mark = "B1";

    /// <summary>The text of a batch.</summary>
    public static string Encode(JournalBatch batch) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Mark}.{batch.Number}.{batch.First}.{Convert.ToBase64String(BatchBytes.Lines(batch))}."
        + $"{Convert.ToBase64String(BatchBytes.Leaves(batch))}");

    /// <summary>
    /// Reads a batch; null when this is none. Its lines are whatever was stored: the caller checks them.
    /// </summary>
    public static JournalBatch? Decode(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 5 || parts[0] != Mark || !TryNumber(parts[1], out var number)
            || !TryNumber(parts[2], out var first))
        {
            return null;
        }

        return Base64.TryRead(parts[3], out var lines) && Base64.TryRead(parts[4], out var leaves)
            ? BatchBytes.Read(number, first, lines, leaves)
            : null;
    }

    /// <summary>A text as a value.</summary>
    public static StoredValue Value(string text) => new(Encoding.ASCII.GetBytes(text));

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
