using System.Text.Json;
using System.Text.Json.Nodes;

namespace Broker.Tests.Server.OpenApi;

/// <summary>
/// Holds JSON against a schema of a document: the few words of JSON Schema that the documents use, and one rule more:
/// a member that the schema does not name is a fault, because answers are to be described whole.
/// </summary>
internal sealed class SchemaCheck(JsonNode document)
{
    private static readonly string[] words =
    [
        "$ref", "anyOf", "type", "properties", "required", "items", "additionalProperties", "default",
    ];

    public IReadOnlyList<string> Faults(JsonNode schema, JsonNode? value)
    {
        var faults = new List<string>();
        Check(schema, value, "$", faults);
        return faults;
    }

    private void Check(JsonNode schema, JsonNode? value, string path, List<string> faults)
    {
        foreach (var word in schema.AsObject().Select(member => member.Key).Except(words))
        {
            faults.Add($"{path}: this check does not know '{word}'.");
        }

        if ((string?)schema["$ref"] is { } reference)
        {
            Check(Resolve(reference), value, path, faults);
            return;
        }

        if (schema["anyOf"] is JsonArray any)
        {
            if (!any.Any(one => Faults(one!, value).Count == 0))
            {
                faults.Add($"{path}: fits none of {any.ToJsonString()}.");
            }

            return;
        }

        var types = schema["type"] is JsonArray several
            ? several.Select(type => (string)type!).ToList()
            : [(string)schema["type"]!];
        if (!types.Contains(TypeOf(value)))
        {
            faults.Add($"{path}: {TypeOf(value)}, not {string.Join(" or ", types)}.");
        }
        else if (value is JsonObject members)
        {
            CheckMembers(schema, members, path, faults);
        }
        else if (value is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                Check(schema["items"]!, items[i], $"{path}[{i}]", faults);
            }
        }
    }

    private void CheckMembers(JsonNode schema, JsonObject members, string path, List<string> faults)
    {
        foreach (var name in (schema["required"]?.AsArray() ?? []).Select(name => (string)name!))
        {
            if (!members.ContainsKey(name))
            {
                faults.Add($"{path}: '{name}' is missing.");
            }
        }

        foreach (var (name, value) in members)
        {
            if (schema["properties"]?[name] is { } known)
            {
                Check(known, value, $"{path}.{name}", faults);
            }
            else
            {
                faults.Add($"{path}: '{name}' is not described.");
            }
        }
    }

    private JsonNode Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(document, (node, name) => node[name]!);

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
        _ => "boolean",
    };
}
