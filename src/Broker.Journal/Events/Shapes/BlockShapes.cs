using System.Text.Json;
using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Journal.Events.Shapes;

/// <summary>The <c>block.*</c> events.</summary>
internal static class BlockShapes
{
    public static IReadOnlyList<EventShape> All { get; } =
    [
        EventShape.Of<BlockGranted>("block.granted", WriteGranted, ReadGranted),
        EventShape.Of<BlockReleased>("block.released", WriteReleased, ReadReleased),
        EventShape.WithReason<BlockReclaimed>("block.reclaimed", WriteReclaimed, ReadReclaimed, e => e.Reason),
    ];

    private static void WriteGranted(Utf8JsonWriter json, BlockGranted e)
    {
        json.WriteString("block", e.Block.ToString());
        json.WriteString("pool", e.Pool.Value);
        json.WriteString("node", e.Node.Value);
        json.WriteString("uid", e.Uid.Value);
        json.WriteString("lessor", JournalNames.Lessors.Name(e.Lessor));
    }

    private static BlockGranted ReadGranted(JsonElement json) => new(
        json.Cidr("block"),
        PoolName.Parse(json.Text("pool")),
        json.Node(),
        json.Uid(),
        JournalNames.Lessors.Parse(json.Text("lessor")));

    private static void WriteReleased(Utf8JsonWriter json, BlockReleased e) =>
        WriteEnd(json, e.Block, e.Generation, e.Node);

    private static void WriteReclaimed(Utf8JsonWriter json, BlockReclaimed e)
    {
        WriteEnd(json, e.Block, e.Generation, e.Node);
        EvidenceShape.Write(json, e.Evidence);
    }

    private static BlockReclaimed ReadReclaimed(JsonElement json, PrivateText? reason) =>
        new(json.Cidr("block"), json.Generation(), json.Node(), EvidenceShape.Read(json), reason);

    private static void WriteEnd(Utf8JsonWriter json, Cidr block, Generation generation, NodeName node)
    {
        json.WriteString("block", block.ToString());
        json.WriteNumber("generation", generation.Position);
        json.WriteString("node", node.Value);
    }

    private static BlockReleased ReadReleased(JsonElement json) =>
        new(json.Cidr("block"), json.Generation(), json.Node());
}
