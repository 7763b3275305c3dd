using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Broker.Cli.Pools.Apply;

/// <summary>The keys of a pool in a file: those of the API.</summary>
internal static class PoolFields
{
    private static readonly string[] required = ["name", "cidr"];

    private static readonly Dictionary<string, Func<PoolEntry, YamlNode, string?>> setters = new()
    {
        ["name"] = (entry, node) => Text(node, value => entry.Name = value),
        ["cidr"] = (entry, node) => Text(node, value => entry.Cidr = value),
        ["blockPrefixLength"] = (entry, node) => Number(node, value => entry.BlockPrefixLength = value),
        ["network"] = (entry, node) => Text(node, value => entry.Network = value),
        ["commit"] = (entry, node) => Text(node, value => entry.Commit = value),
        ["addressCooldownSeconds"] = (entry, node) => Number(node, value => entry.AddressCooldownSeconds = value),
        ["blockCooldownSeconds"] = (entry, node) => Number(node, value => entry.BlockCooldownSeconds = value),
        ["blocksPerNodeMax"] = (entry, node) => Number(node, value => entry.BlocksPerNodeMax = value),
        ["exclusions"] = (entry, node) => Texts(node, value => entry.Exclusions = value),
        ["podCIDRs"] = (entry, node) => Flag(node, value => entry.PodCidrs = value),
        ["nodeDeletionIsEvidence"] = (entry, node) => Flag(node, value => entry.NodeDeletionIsEvidence = value),
        ["leasesPerNodeMax"] = (entry, node) => Number(node, value => entry.LeasesPerNodeMax = value),
        ["leasesPerNamespaceMax"] = (entry, node) => Number(node, value => entry.LeasesPerNamespaceMax = value),
        ["open"] = (entry, node) => Flag(node, value => entry.Open = value),
    };

    /// <summary>All keys, in the order of the documentation.</summary>
    public static IReadOnlyCollection<string> Names => setters.Keys;

    public static bool IsKnown(string key) => setters.ContainsKey(key);

    /// <summary>The text of a key; empty for what is no text.</summary>
    public static string KeyOf(YamlNode node) => (node as YamlScalarNode)?.Value ?? string.Empty;

    /// <summary>Takes up a value; what is wrong with it, or null.</summary>
    public static string? Set(PoolEntry entry, string key, YamlNode value) => setters.TryGetValue(key, out var set)
        ? set(entry, value) is { } fault ? $"{key}: {fault}" : null
        : $"'{key}' is not known here{Near(key)}; known: {string.Join(", ", Names)}.";

    /// <summary>The required keys that a pool lacks.</summary>
    public static IEnumerable<string> Missing(YamlMappingNode pool) =>
        required.Where(key => !pool.Children.Keys.Any(known => KeyOf(known) == key));

    private static string Near(string key) =>
        Names.FirstOrDefault(name => string.Equals(name, key, StringComparison.OrdinalIgnoreCase)) is { } meant
            ? $" (did you mean '{meant}'?)"
            : string.Empty;

    private static string? Text(YamlNode node, Action<string> take)
    {
        if (node is not YamlScalarNode { Value: { Length: > 0 } value })
        {
            return "text is expected.";
        }

        take(value);
        return null;
    }

    private static string? Number(YamlNode node, Action<int> take)
    {
        if (node is not YamlScalarNode { Value: { } value }
            || !int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return "a whole number is expected.";
        }

        take(number);
        return null;
    }

    private static string? Flag(YamlNode node, Action<bool> take)
    {
        if (node is not YamlScalarNode { Value: "true" or "false" } scalar)
        {
            return "true or false is expected.";
        }

        take(scalar.Value == "true");
        return null;
    }

    private static string? Texts(YamlNode node, Action<IReadOnlyList<string>> take)
    {
        if (node is not YamlSequenceNode list || list.Any(item => item is not YamlScalarNode { Value.Length: > 0 }))
        {
            return "a list of texts is expected.";
        }

        take([.. list.Select(item => ((YamlScalarNode)item).Value!)]);
        return null;
    }
}
