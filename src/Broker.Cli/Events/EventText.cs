using System.Text.Json.Nodes;
using Broker.Cli.Output;

namespace Broker.Cli.Events;

/// <summary>What an event says, in one line.</summary>
internal static class EventText
{
    private const int HashCharacters = 64;

    // What the subject says already, or what helps nobody at a glance.
    private static readonly string[] passedOver =
        ["address", "block", "request", "issuer", "serial", "csrUid", "secretHash"];

    /// <summary>Who acted, such as <c>node node-a</c>; an operator's name is not in the journal in clear.</summary>
    public static string Actor(JsonObject json)
    {
        var actor = json["actor"]?.AsObject();
        var (role, name) = (actor?["role"]?.ToString() ?? "?", actor?["name"]?.ToString());
        if (role == "operator")
        {
            return $"operator {Shown.Hash(actor?["certificate"]?.ToString())}";
        }

        return name is null || name == role ? role : $"{role} {name}";
    }

    /// <summary>Who did it, and the short ones of its data.</summary>
    public static string Summary(JsonObject json)
    {
        var data = json["data"]?.AsObject() ?? [];
        var (actor, subject) = (json["actor"]?["name"]?.ToString(), json["subject"]?.ToString());
        var parts = data
            .Where(member => !passedOver.Contains(member.Key) && !IsSaid(member.Value, actor, subject))
            .Select(Part)
            .Where(part => part.Length > 0);
        return Shown.Safe(string.Join("  ", parts.Prepend($"by {Actor(json)}")));
    }

    private static bool IsSaid(JsonNode? value, string? actor, string? subject) =>
        value is JsonValue && value.ToString() is var text
        && (text == actor || (subject is not null && subject.EndsWith("/" + text, StringComparison.Ordinal)));

    private static string Part(KeyValuePair<string, JsonNode?> member) => member.Value switch
    {
        null => string.Empty,
        JsonObject pod when member.Key == "pod" => $"pod {pod["namespace"]}/{pod["name"]}",
        JsonObject attachment when member.Key == "attachment" =>
            $"{attachment["network"]}/{attachment["interface"]} {Shown.Hash(attachment["containerId"]?.ToString())}",
        JsonObject or JsonArray => string.Empty,
        var value => $"{member.Key} {Short(value.ToString())}",
    };

    private static string Short(string text) =>
        text.StartsWith("private:", StringComparison.Ordinal) ? "(private)"
        : text.Length == HashCharacters ? Shown.Hash(text)
        : text;
}
