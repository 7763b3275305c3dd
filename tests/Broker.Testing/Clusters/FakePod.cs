using System.Text.Json.Nodes;

namespace Broker.Testing.Clusters;

/// <summary>A pod as an API server has it.</summary>
public sealed record FakePod(string Namespace, string Name, string Node)
{
    public string Uid { get; init; } = Guid.NewGuid().ToString();

    public string Phase { get; init; } = "Running";

    public int GraceSeconds { get; init; } = 30;

    public IReadOnlyList<(string Key, string Value)> Annotations { get; init; } = [];

    internal string Path => $"{Namespace}/{Name}";

    internal JsonObject ToJson()
    {
        var spec = new JsonObject
        {
            ["terminationGracePeriodSeconds"] = GraceSeconds,
            ["containers"] = new JsonArray(),
        };
        if (Node.Length > 0)
        {
            spec["nodeName"] = Node;
        }

        return new JsonObject
        {
            ["kind"] = "Pod",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject
            {
                ["namespace"] = Namespace,
                ["name"] = Name,
                ["uid"] = Uid,
                ["annotations"] = Annotated([.. Annotations]),
            },
            ["spec"] = spec,
            ["status"] = new JsonObject { ["phase"] = Phase },
        };
    }

    internal static JsonObject Annotated(ReadOnlySpan<(string Key, string Value)> annotations)
    {
        var all = new JsonObject();
        foreach (var (key, value) in annotations)
        {
            all[key] = value;
        }

        return all;
    }
}
