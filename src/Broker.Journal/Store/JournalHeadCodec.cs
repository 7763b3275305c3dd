using System.Text.Json;
using Broker.Core.Names;
using Broker.Journal.Tree;

namespace Broker.Journal.Store;

/// <summary>
/// The head as bytes: one line of canonical JSON, members in fixed order, so that heads can be compared by their bytes.
/// </summary>
public static class JournalHeadCodec
{
    private const int Version = 1;

    /// <summary>The bytes of a head.</summary>
    public static byte[] Encode(JournalHead head)
    {
        using var buffer = new MemoryStream(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, Version);
            json.WriteString("origin"u8, head.Origin);
            json.WriteNumber("epoch"u8, head.Epoch);
            json.WriteString("writer"u8, head.Writer);
            json.WriteNumber("batch"u8, head.BatchNumber);
            json.WriteNumber("first"u8, head.TailFirst);
            json.WriteNumber("size"u8, head.Size);
            json.WriteStartArray("range"u8);
            foreach (var node in head.Range)
            {
                json.WriteStringValue(node.ToString());
            }

            json.WriteEndArray();
            json.WriteString("root"u8, head.Root.ToString());
            if (head.Snapshot is { } snapshot)
            {
                json.WriteStartObject("snapshot"u8);
                json.WriteNumber("position"u8, snapshot.Position);
                json.WriteString("hash"u8, snapshot.Hash.Value);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a head and checks that range, size and root fit each other.</summary>
    /// <exception cref="JournalStoreException"><c>head_damaged</c>: these are not the bytes of a head.</exception>
    public static JournalHead Decode(ReadOnlyMemory<byte> bytes)
    {
        JournalHead head;
        bool fits;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            head = Read(document.RootElement);
            fits = new CompactRange(head.Size, head.Range).Root() == head.Root;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            throw Damaged("it cannot be read", e);
        }

        return fits && Encode(head).AsSpan().SequenceEqual(bytes.Span)
            ? head
            : throw Damaged("its parts contradict each other, or it was written by something else", null);
    }

    private static JournalHead Read(JsonElement json)
    {
        if (json.GetProperty("v"u8).GetInt32() != Version)
        {
            throw new FormatException("The head has a version that this program does not know.");
        }

        SnapshotReference? snapshot = null;
        if (json.TryGetProperty("snapshot"u8, out var member))
        {
            snapshot = new SnapshotReference(
                member.GetProperty("position"u8).GetInt64(), BlobHash.Parse(member.GetProperty("hash"u8).GetString()!));
        }

        return new JournalHead(
            json.GetProperty("origin"u8).GetString()!,
            json.GetProperty("epoch"u8).GetInt64(),
            json.GetProperty("writer"u8).GetString()!,
            json.GetProperty("batch"u8).GetInt64(),
            json.GetProperty("first"u8).GetInt64(),
            json.GetProperty("size"u8).GetInt64(),
            [.. json.GetProperty("range"u8).EnumerateArray().Select(Hash)],
            Hash(json.GetProperty("root"u8)),
            snapshot);
    }

    private static MerkleHash Hash(JsonElement json) =>
        MerkleHash.TryParse(json.GetString(), out var hash)
            ? hash
            : throw new FormatException("A hash is 64 lower-case hexadecimal digits.");

    private static JournalStoreException Damaged(string why, Exception? inner) => new(
        "head_damaged", $"The journal's head is damaged: {why}. Restore the data folder from a copy.", inner);
}
