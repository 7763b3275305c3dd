using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CsvHelper;

namespace Broker.Cli.Output;

/// <summary>
/// Rows of RFC 4180 with the wire's member names as head, the same whatever the rows hold. Members of members are named
/// <c>pod.name</c>; a list of texts is joined with blanks; a list of objects is JSON.
/// </summary>
internal static class CsvRows
{
    /// <summary>Rows of a type of the wire.</summary>
    public static void Write(TextWriter output, JsonTypeInfo rowType, IEnumerable<JsonNode?> rows) =>
        Write(output, [.. Paths(rowType, [])], rows);

    /// <summary>Rows that name their members themselves, all the same ones.</summary>
    public static void Write(TextWriter output, IReadOnlyList<JsonObject> rows) => Write(
        output, rows.Count == 0 ? [] : [.. rows[0].Select(member => new[] { member.Key })], rows);

    private static void Write(TextWriter output, IReadOnlyList<string[]> paths, IEnumerable<JsonNode?> rows)
    {
        if (paths.Count == 0)
        {
            return; // No rows of this program's own: nobody has named their members.
        }

        using var csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord([.. paths.Select(path => string.Join('.', path))]);
        foreach (var row in rows)
        {
            csv.WriteRecord([.. paths.Select(path => Cell(Follow(row, path)))]);
        }

        csv.Flush();
    }

    private static IEnumerable<string[]> Paths(JsonTypeInfo type, string[] before)
    {
        foreach (var property in type.Properties)
        {
            string[] path = [.. before, property.Name];
            var inner = type.Options.GetTypeInfo(property.PropertyType);
            if (inner.Kind == JsonTypeInfoKind.Object)
            {
                foreach (var deeper in Paths(inner, path))
                {
                    yield return deeper;
                }
            }
            else
            {
                yield return path;
            }
        }
    }

    private static JsonNode? Follow(JsonNode? node, string[] path)
    {
        foreach (var name in path)
        {
            node = node?[name];
        }

        return node;
    }

    private static string Cell(JsonNode? node) => node switch
    {
        null => string.Empty,
        JsonArray items when items.All(item => item is JsonValue) =>
            string.Join(' ', items.Select(item => item!.ToString())),
        JsonArray or JsonObject => node.ToJsonString(),
        _ when node.GetValueKind() is JsonValueKind.True or JsonValueKind.False => node.ToJsonString(),
        _ => node.ToString(),
    };
}
