using System.Text.Json;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr.Wire;

/// <summary>Private rows as one JSON array of arrays: position, commitment, salt, value.</summary>
internal static class PrivateRows
{
    public static byte[] Encode(IReadOnlyList<PrivateRow> rows)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartArray();
                json.WriteNumberValue(row.Position);
                json.WriteStringValue(row.Commitment);
                json.WriteStringValue(row.Salt);
                json.WriteStringValue(row.Value);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    /// <summary>Reads rows; null when these are none.</summary>
    public static IReadOnlyList<PrivateRow>? Decode(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return
            [
                .. document.RootElement.EnumerateArray().Select(row => new PrivateRow(
                    row[0].GetInt64(), row[1].GetString()!, row[2].GetString()!, row[3].GetString()!)),
            ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException
            or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
