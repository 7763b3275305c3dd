using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Broker.Contracts.Leases;
using Broker.Contracts.Problems;

namespace Broker.Cni.Brokers;

/// <summary>
/// The four messages of the <c>/v1</c> contract that a plugin reads and writes, by hand: the serializer of all wire
/// types would double the program and the time that each exec takes to start. Members that are not known are passed
/// over.
/// </summary>
internal static class LeaseWire
{
    public static byte[] Write(LeaseRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("requestId", request.RequestId);
            json.WriteString("network", request.Network);
            json.WriteString("containerId", request.ContainerId);
            json.WriteString("interface", request.Interface);
            if (request.Pod is { } pod)
            {
                json.WriteStartObject("pod");
                json.WriteString("namespace", pod.Namespace);
                json.WriteString("name", pod.Name);
                json.WriteString("uid", pod.Uid);
                json.WriteEndObject();
            }

            WriteTexts(json, "families", request.Families);
            WriteTexts(json, "pools", request.Pools);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The addresses of a <c>LeasesGrantedResponse</c>; null for anything else.</summary>
    public static IReadOnlyList<GrantedAddress>? ReadGranted(byte[] body) => Read(body, root =>
    {
        List<GrantedAddress> addresses = [];
        foreach (var lease in root.GetProperty("leases").EnumerateArray())
        {
            addresses.Add(new GrantedAddress(
                Text(lease, "address"), lease.GetProperty("prefixLength").GetInt32(), TextOrNull(lease, "gateway")));
        }

        return addresses.Count > 0 ? (IReadOnlyList<GrantedAddress>)addresses : null;
    });

    /// <summary>The addresses of a <c>LeasesReleasedResponse</c>; null for anything else.</summary>
    public static IReadOnlyList<string>? ReadReleased(byte[] body) => Read(body, root =>
    {
        List<string> addresses = [];
        foreach (var address in root.GetProperty("released").EnumerateArray())
        {
            addresses.Add(address.GetString() ?? throw new FormatException("released"));
        }

        return (IReadOnlyList<string>)addresses;
    });

    /// <summary>A <c>LeaseList</c>; null for anything else.</summary>
    public static HeldLeases? ReadList(byte[] body) => Read(body, root =>
    {
        List<HeldLease> leases = [];
        foreach (var lease in root.GetProperty("leases").EnumerateArray())
        {
            var attachment = new AttachmentName(
                Text(lease, "network"), Text(lease, "containerId"), Text(lease, "interface"));
            var granted = DateTimeOffset.Parse(Text(lease, "grantedAt"), CultureInfo.InvariantCulture);
            leases.Add(new HeldLease(Text(lease, "address"), attachment, granted));
        }

        return new HeldLeases(leases, root.GetProperty("truncated").GetBoolean());
    });

    /// <summary>The standing of a <c>WhoAmI</c>; null for anything else.</summary>
    public static string? ReadStanding(byte[] body) => Read(body, root => Text(root, "standing"));

    /// <summary>A <c>Problem</c>; null for anything else.</summary>
    public static Problem? ReadProblem(byte[] body) => Read(body, root => new Problem(
        Text(root, "type"),
        Text(root, "title"),
        root.GetProperty("status").GetInt32(),
        Text(root, "code"),
        Text(root, "detail"),
        Text(root, "next"),
        root.TryGetProperty("retryAfterSeconds", out var seconds) && seconds.TryGetInt32(out var number)
            ? number
            : null));

    private static T? Read<T>(byte[] body, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException)
        {
            // Not this message: then it is somebody else's answer, and the caller says so.
            return null;
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException(name);

    private static string? TextOrNull(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
