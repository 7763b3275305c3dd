using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Broker.Cli.Output;

/// <summary>The wire's own members as JSON, YAML or CSV, for programs.</summary>
internal static class WireText
{
    // Readable addresses and names; nothing here is put into HTML.
    private static readonly JsonSerializerOptions indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void WriteJson(TextWriter output, JsonNode? node) =>
        output.WriteLine(node?.ToJsonString(indented) ?? "null");

    public static void WriteYaml(TextWriter output, JsonNode? node)
    {
        var serializer = new SerializerBuilder().WithQuotingNecessaryStrings().WithIndentedSequences().Build();
        output.Write(serializer.Serialize(Plain(node)));
    }

    private static object? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonObject members => members.ToDictionary(member => member.Key, member => Plain(member.Value)),
        JsonArray items => items.Select(Plain).ToList(),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => node.AsValue().TryGetValue(out long whole) ? whole : node.GetValue<double>(),
            _ => node.GetValue<string>(),
        },
    };
}
