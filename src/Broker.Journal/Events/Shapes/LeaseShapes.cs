using System.Text.Json;
using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Journal.Events.Shapes;

/// <summary>The <c>lease.*</c> events.</summary>
internal static class LeaseShapes
{
    public static IReadOnlyList<EventShape> All { get; } =
    [
        EventShape.Of<LeaseGranted>("lease.granted", WriteGranted, ReadGranted),
        EventShape.Of<LeaseReleased>("lease.released", WriteReleased, ReadReleased),
        EventShape.Of<LeaseReclaimed>(
            "lease.reclaimed",
            (json, e) =>
            {
                WriteEnd(json, e.Address, e.Generation, e.Granted);
                EvidenceShape.Write(json, e.Evidence);
            },
            json => new LeaseReclaimed(
                json.Address(), json.Generation(), json.Number("granted"), EvidenceShape.Read(json))),
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

        if (e.PodAssurance != PodAssurance.None)
        {
            json.WriteString("podAssurance", JournalNames.PodAssurances.Name(e.PodAssurance));
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
            pod,
            json.OptionalText("podAssurance") is { } known
                ? JournalNames.PodAssurances.Parse(known)
                : PodAssurance.None);
    }

    private static void WriteReleased(Utf8JsonWriter json, LeaseReleased e) =>
        WriteEnd(json, e.Address, e.Generation, e.Granted);

    private static void WriteEnd(Utf8JsonWriter json, IpAddress address, Generation generation, long granted)
    {
        json.WriteString("address", address.ToString());
        json.WriteNumber("generation", generation.Position);
        json.WriteNumber("granted", granted);
    }

    private static LeaseReleased ReadReleased(JsonElement json) =>
        new(json.Address(), json.Generation(), json.Number("granted"));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string Part(JsonElement json, string name) => json.OptionalText(name) ?? string.Empty;
}
