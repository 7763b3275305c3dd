using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Broker.Cni.Brokers;
using Broker.Cni.Configuration;
using Broker.Cni.Errors;

namespace Broker.Cni.Results;

/// <summary>
/// What goes to standard output. Source: CNI specification 1.1.0, section 5; a delegated IPAM plugin leaves out
/// <c>interfaces</c> and <c>ips[].interface</c>.
/// </summary>
internal static class ResultWriter
{
    // For programs and for people in a log; nothing puts it into a page.
    private static readonly JsonWriterOptions options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The result of ADD, in the shape of its version.</summary>
    public static byte[] Success(NetworkConfig config, IReadOnlyList<GrantedAddress> addresses) => Write(json =>
    {
        json.WriteString("cniVersion", config.CniVersion);
        json.WriteStartArray("ips");
        foreach (var each in addresses)
        {
            json.WriteStartObject();
            if (CniVersions.NamesFamilies(config.CniVersion))
            {
                json.WriteString("version", each.IsIPv6 ? "6" : "4");
            }

            json.WriteString("address", $"{each.Address}/{each.PrefixLength}");
            WriteIfAny(json, "gateway", each.Gateway);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteRoutes(json, config);
        WriteDns(json, config.Dns);
    });

    public static byte[] Versions() => Write(json =>
    {
        json.WriteString("cniVersion", CniVersions.Newest);
        WriteTexts(json, "supportedVersions", CniVersions.All);
    });

    public static byte[] Failure(string version, CniError error) => Write(json =>
    {
        json.WriteString("cniVersion", version);
        json.WriteNumber("code", (int)error.Code);
        json.WriteString("msg", error.Message);
        json.WriteString("details", error.Details);
    });

    private static void WriteRoutes(Utf8JsonWriter json, NetworkConfig config)
    {
        if (config.Ipam.Routes.Count == 0)
        {
            return;
        }

        json.WriteStartArray("routes");
        foreach (var route in config.Ipam.Routes)
        {
            json.WriteStartObject();
            json.WriteString("dst", route.Destination);
            WriteIfAny(json, "gw", route.Gateway);
            if (CniVersions.HasRouteMetrics(config.CniVersion))
            {
                foreach (var (name, value) in route.Metrics)
                {
                    json.WriteNumber(name, value);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDns(Utf8JsonWriter json, DnsConfig dns)
    {
        if (dns.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("dns");
        WriteTexts(json, "nameservers", dns.Nameservers);
        WriteIfAny(json, "domain", dns.Domain);
        WriteTexts(json, "search", dns.Search);
        WriteTexts(json, "options", dns.Options);
        json.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
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

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
