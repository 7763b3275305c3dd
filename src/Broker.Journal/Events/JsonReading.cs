using System.Text.Json;
using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Journal.Events;

/// <summary>
/// Reads members of an event. What is missing, of another kind or malformed throws; what is superfluous is found by
/// the comparison with the re-encoding.
/// </summary>
internal static class JsonReading
{
    public static string Text(this JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    public static string? OptionalText(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var member)
            ? member.GetString() ?? throw new FormatException($"'{name}' is null.")
            : null;

    public static long Number(this JsonElement json, string name) => json.GetProperty(name).GetInt64();

    public static int SmallNumber(this JsonElement json, string name) => json.GetProperty(name).GetInt32();

    public static Instant Time(this JsonElement json, string name) =>
        Instant.TryParse(json.Text(name), out var time)
            ? time
            : throw new FormatException($"'{name}' is not a time of the journal.");

    public static Instant? OptionalTime(this JsonElement json, string name) =>
        json.TryGetProperty(name, out _) ? json.Time(name) : null;

    public static NodeName Node(this JsonElement json) => NodeName.Parse(json.Text("node"));

    public static NodeUid Uid(this JsonElement json) => NodeUid.Parse(json.Text("uid"));

    public static CertificateHash Certificate(this JsonElement json) =>
        CertificateHash.Parse(json.Text("certificate"));

    public static CertificateHash? OptionalCertificate(this JsonElement json) =>
        json.OptionalText("certificate") is { } text ? CertificateHash.Parse(text) : null;

    public static KeyHash? OptionalKey(this JsonElement json) =>
        json.OptionalText("key") is { } text ? KeyHash.Parse(text) : null;

    public static Generation Generation(this JsonElement json) => new(json.Number("generation"));

    public static IpAddress Address(this JsonElement json) => IpAddress.Parse(json.Text("address"));

    public static Cidr Cidr(this JsonElement json, string name) => Core.Addresses.Cidr.Parse(json.Text(name));

    public static PrivateText? Reason(this JsonElement json) =>
        json.OptionalText("reason") is { } text ? PrivateMarks.Read(text) : null;
}
