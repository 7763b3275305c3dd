using System.Text.Json;
using Broker.Core.Events;
using Broker.Core.Names;

namespace Broker.Journal.Events.Shapes;

/// <summary>The <c>node.*</c> events.</summary>
internal static class NodeShapes
{
    public static IReadOnlyList<EventShape> All { get; } =
    [
        EventShape.Of<NodeAdmitted>(
            "node.admitted",
            (json, e) =>
            {
                WriteNode(json, e.Node, e.Uid);
                if (e.IsProvisional)
                {
                    json.WriteBoolean("provisional", true);
                }
            },
            json => new NodeAdmitted(json.Node(), json.Uid(), json.TryGetProperty("provisional", out _))),
        EventShape.Of<NodeRebound>(
            "node.rebound",
            (json, e) =>
            {
                WriteNode(json, e.Node, e.Uid);
                json.WriteString("from", e.From.Value);
                json.WriteString("created", e.Created.ToString());
            },
            json => new NodeRebound(
                json.Node(), json.Uid(), NodeUid.Parse(json.Text("from")), json.Time("created"))),
        EventShape.WithReason<NodeQuarantined>(
            "node.quarantined",
            (json, e) => WriteNode(json, e.Node, e.Uid),
            (json, reason) => new NodeQuarantined(json.Node(), json.Uid(), reason),
            e => e.Reason),
        EventShape.WithReason<NodeFenced>(
            "node.fenced",
            (json, e) =>
            {
                WriteNode(json, e.Node, e.Uid);
                json.Optional("rule", e.Rule);
            },
            (json, reason) => new NodeFenced(json.Node(), json.Uid(), reason, json.OptionalText("rule")),
            e => e.Reason),
        EventShape.WithReason<NodeReadmitted>(
            "node.readmitted",
            (json, e) => WriteNode(json, e.Node, e.Uid),
            (json, reason) => new NodeReadmitted(json.Node(), json.Uid(), reason),
            e => e.Reason),
        EventShape.WithReason<NodeRetired>(
            "node.retired",
            (json, e) => WriteNode(json, e.Node, e.Uid),
            (json, reason) => new NodeRetired(json.Node(), json.Uid(), reason),
            e => e.Reason),
    ];

    private static void WriteNode(Utf8JsonWriter json, NodeName node, NodeUid uid)
    {
        json.WriteString("node", node.Value);
        json.WriteString("uid", uid.Value);
    }
}
