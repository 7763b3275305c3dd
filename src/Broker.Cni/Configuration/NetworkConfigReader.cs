using System.Text.Json;
using Broker.Cni.Errors;
using Broker.Cni.Invocation;

namespace Broker.Cni.Configuration;

/// <summary>Standard input to <see cref="NetworkConfig"/>, with bounds.</summary>
internal static class NetworkConfigReader
{
    /// <summary>Most bytes of standard input: a configuration has some kilobytes, a large prevResult some more.</summary>
    public const int BytesMax = 1024 * 1024;

    private const int NameCharsMax = 128;
    private const int AddressesMax = 64;
    private const int AttachmentsMax = 65_536;
    private const int DnsEntriesMax = 64;

    private static readonly JsonDocumentOptions options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <exception cref="CniException">Not JSON, or twice the same member; code 6.</exception>
    public static JsonDocument Decode(ReadOnlyMemory<byte> input)
    {
        try
        {
            return JsonDocument.Parse(input, options);
        }
        catch (JsonException error)
        {
            throw new CniException(
                CniErrorCode.Decoding,
                $"cannot decode the network configuration from standard input: line {error.LineNumber + 1}, "
                + $"byte {error.BytePositionInLine + 1}",
                "It must be one JSON object without repeated members.");
        }
    }

    /// <summary>The version that the configuration names; a missing one is 0.1.0 by the specification.</summary>
    public static string VersionOf(JsonElement root) => new Members(root, string.Empty).Text("cniVersion") ?? "0.1.0";

    /// <exception cref="CniException">The verb cannot go on with it.</exception>
    public static NetworkConfig Read(JsonElement root, CniEnvironment environment)
    {
        var network = new Members(root, string.Empty);
        var version = VersionOf(root);
        CniVersions.Demand(version, environment.Verb);
        var name = network.Required("name");
        if (!AttachmentRules.IsName(name) || name.Length > NameCharsMax)
        {
            throw Members.Wrong("name", $"must have at most {NameCharsMax} letters, digits and . _ -.");
        }

        var ipam = IpamConfigReader.Read(network, environment.Verb is not (CniVerb.Del or CniVerb.GC));
        var isAdd = environment.Verb == CniVerb.Add;
        if (isAdd)
        {
            RequestedAddresses.Refuse(network, environment.Arguments);
        }

        return new NetworkConfig(
            version,
            name,
            ipam,
            isAdd ? DnsOf(network, ipam) : DnsConfig.None,
            environment.Verb == CniVerb.Check ? PreviousOf(network) : null,
            environment.Verb == CniVerb.GC ? ValidOf(network) : null);
    }

    private static DnsConfig DnsOf(Members network, IpamConfig ipam)
    {
        if (ipam.ResolvConf is { } path)
        {
            return ResolvConf.Read(path);
        }

        return network.Object("dns") is { } dns
            ? new DnsConfig(
                dns.Texts("nameservers", DnsEntriesMax),
                dns.Text("domain"),
                dns.Texts("search", DnsEntriesMax),
                dns.Texts("options", DnsEntriesMax))
            : DnsConfig.None;
    }

    private static List<string>? PreviousOf(Members network)
    {
        if (network.Object("prevResult") is not { } previous)
        {
            return null;
        }

        List<string> addresses = [];
        foreach (var item in previous.Items("ips", AddressesMax))
        {
            var text = new Members(item, "prevResult.ips").Required("address");
            addresses.Add(text.Split('/')[0]);
        }

        return addresses;
    }

    // libcni also sends a misspelling of the first years; a plugin that knows both loses nothing.
    private static List<ValidAttachment>? ValidOf(Members network)
    {
        const string key = "cni.dev/valid-attachments";
        const string oldKey = "cni.dev/attachments";
        var name = network.Find(key) is not null ? key : oldKey;
        if (network.Find(name) is null)
        {
            return null;
        }

        List<ValidAttachment> valid = [];
        foreach (var item in network.Items(name, AttachmentsMax))
        {
            var attachment = new Members(item, name);
            valid.Add(new(attachment.Required("containerID"), attachment.Required("ifname")));
        }

        return valid;
    }
}
