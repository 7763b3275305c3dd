using System.Text.Json;
using Broker.Core.Journal;

namespace Broker.Journal.Events;

/// <summary>Writes members of an event; what is absent is omitted.</summary>
internal static class JsonWriting
{
    public static void Optional(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void Reason(this Utf8JsonWriter json, PrivateText? reason) =>
        json.Optional("reason", reason is null ? null : PrivateMarks.Text(reason));

    public static void Texts<T>(this Utf8JsonWriter json, string name, IReadOnlyList<T> values)
        where T : struct
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value.ToString());
        }

        json.WriteEndArray();
    }
}
