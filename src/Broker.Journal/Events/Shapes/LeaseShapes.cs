using System.Text.Json;
using Broker.Core.Events;
using Broker.Core.Names;

namespace Broker.Journal.Events.Shapes;

/// <summary>The <c>lease.*</c> events.</summary>
internal static class LeaseShapes
{
    public static IReadOnlyList<EventShape> All { get; } =
    [
        EventShape.Of<LeaseGranted>("lease.granted", WriteGranted, ReadGranted),
        EventShape.Of<LeaseReleased>("lease.released", WriteReleased, ReadReleased),
    ];

    private static void WriteGranted(Utf8JsonWriter json, LeaseGranted e)
    {
        json.WriteString("address", e.Address.ToString());
        json.WriteNumber("generation", e.Generation.Position);
        json.WriteString("node", e.Node.Value);
        json.WriteStartObject("attachment");
        json.WriteString("node", e.Attachment.Node.Value);
        json.WriteString("network", e.Attachment.Network);
        json.WriteString("containerId", e.Attachment.ContainerId);
        json.WriteString("interface", e.Attachment.Interface);
        json.WriteEndObject();
        if (e.Pod != PodIdentity.None)
        {
            json.WriteStartObject("pod");
            json.Optional("namespace", NullIfEmpty(e.Pod.Namespace));
            json.Optional("name", NullIfEmpty(e.Pod.Name));
            json.Optional("uid", NullIfEmpty(e.Pod.Uid));
            json.WriteEndObject();
        }
    }

    private static LeaseGranted ReadGranted(JsonElement json)
    {
        var attachment = json.GetProperty("attachment");
        var pod = json.TryGetProperty("pod", out var member)
            ? new PodIdentity(Part(member, "namespace"), Part(member, "name"), Part(member, "uid"))
            : PodIdentity.None;
        return new LeaseGranted(
            json.Address(),
            json.Generation(),
            json.Node(),
            new Attachment(
                NodeUid.Parse(attachment.Text("node")),
                attachment.Text("network"),
                attachment.Text("containerId"),
                attachment.Text("interface")),
            pod);
    }

    private static void WriteReleased(Utf8JsonWriter json, LeaseReleased e)
    {
        json.WriteString("address", e.Address.ToString());
        json.WriteNumber("generation", e.Generation.Position);
        json.WriteNumber("granted", e.Granted);
    }

    private static LeaseReleased ReadReleased(JsonElement json) =>
        new(json.Address(), json.Generation(), json.Number("granted"));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string Part(JsonElement json, string name) => json.OptionalText(name) ?? string.Empty;
}
