using System.Text.Json;
using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Pools;

namespace Broker.Journal.Events.Shapes;

/// <summary>The <c>pool.*</c> events.</summary>
internal static class PoolShapes
{
    public static IReadOnlyList<EventShape> All { get; } =
    [
        EventShape.WithReason<PoolDefined>(
            "pool.defined",
            (json, e) => WriteSpec(json, e.Spec),
            (json, reason) => new PoolDefined(ReadSpec(json), reason),
            e => e.Reason),
        EventShape.WithReason<PoolChanged>(
            "pool.changed",
            (json, e) => WriteSpec(json, e.Spec),
            (json, reason) => new PoolChanged(ReadSpec(json), reason),
            e => e.Reason),
        EventShape.WithReason<PoolOpened>(
            "pool.opened",
            (json, e) => json.WriteString("pool", e.Pool.Value),
            (json, reason) => new PoolOpened(PoolName.Parse(json.Text("pool")), reason),
            e => e.Reason),
        EventShape.WithReason<PoolDrained>(
            "pool.drained",
            (json, e) => json.WriteString("pool", e.Pool.Value),
            (json, reason) => new PoolDrained(PoolName.Parse(json.Text("pool")), reason),
            e => e.Reason),
        EventShape.WithReason<PoolRetired>(
            "pool.retired",
            (json, e) => json.WriteString("pool", e.Pool.Value),
            (json, reason) => new PoolRetired(PoolName.Parse(json.Text("pool")), reason),
            e => e.Reason),
    ];

    private static void WriteSpec(Utf8JsonWriter json, PoolSpec spec)
    {
        json.WriteString("pool", spec.Name.Value);
        json.WriteString("cidr", spec.Cidr.ToString());
        json.WriteNumber("blockPrefixLength", spec.BlockPrefixLength);
        json.WriteString("network", JournalNames.Networks.Name(spec.Network));
        json.WriteString("lessor", JournalNames.Lessors.Name(spec.Lessor));
        json.WriteNumber("addressCooldownSeconds", spec.AddressCooldownSeconds);
        json.WriteNumber("blockCooldownSeconds", spec.BlockCooldownSeconds);
        json.WriteNumber("blocksPerNodeMax", spec.BlocksPerNodeMax);
        json.Texts("exclusions", spec.Exclusions);
        Flag(json, "podCIDRs", spec.PodCidrs);
        Flag(json, "nodeDeletionIsEvidence", spec.NodeDeletionIsEvidence);
        Limit(json, "leasesPerNodeMax", spec.LeasesPerNodeMax);
        Limit(json, "leasesPerNamespaceMax", spec.LeasesPerNamespaceMax);
    }

    private static PoolSpec ReadSpec(JsonElement json) => new(
        PoolName.Parse(json.Text("pool")),
        json.Cidr("cidr"),
        json.SmallNumber("blockPrefixLength"),
        JournalNames.Networks.Parse(json.Text("network")),
        JournalNames.Lessors.Parse(json.Text("lessor")),
        json.SmallNumber("addressCooldownSeconds"),
        json.SmallNumber("blockCooldownSeconds"),
        json.SmallNumber("blocksPerNodeMax"),
        [.. json.GetProperty("exclusions").EnumerateArray().Select(ReadRange)])
    {
        PodCidrs = Flag(json, "podCIDRs"),
        NodeDeletionIsEvidence = Flag(json, "nodeDeletionIsEvidence"),
        LeasesPerNodeMax = Limit(json, "leasesPerNodeMax"),
        LeasesPerNamespaceMax = Limit(json, "leasesPerNamespaceMax"),
    };

    // Written only when true: older journals have neither, and stay byte for byte what they are.
    private static void Flag(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }

    private static bool Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.GetBoolean();

    // As the flags: written only where there is one.
    private static void Limit(Utf8JsonWriter json, string name, int value)
    {
        if (value > 0)
        {
            json.WriteNumber(name, value);
        }
    }

    private static int Limit(JsonElement json, string name) =>
        json.TryGetProperty(name, out _) ? json.SmallNumber(name) : 0;

    private static IpRange ReadRange(JsonElement json) => IpRange.TryParse(json.GetString(), out var range)
        ? range
        : throw new FormatException("An exclusion is 'first-last'.");
}
