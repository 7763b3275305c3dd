using System.Globalization;
using System.Text;
using Broker.Core.Names;
using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Dapr.Sidecar;
using Broker.Journal.Dapr.Wire;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr;

/// <summary>
/// Snapshots in parts, and a list of the newest two. A list is written when the parts are there, and parts are deleted
/// when no list names them; what a crash leaves behind is garbage under hashes that nobody names.
/// </summary>
internal sealed class SnapshotKeys(IStateApi api, PatientStore store, DaprKeys keys)
{
    private const int Kept = 2;
    private const int PartBytes = 768 * 1024;
    private const string PartMark = "S1";
    private const string ListMark = "L1";

    public async Task PutAsync(
        SnapshotReference reference, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken)
    {
        var parts = Math.Max(1, (snapshot.Length + PartBytes - 1) / PartBytes);
        for (var i = 0; i < parts; i++)
        {
            var part = snapshot[(i * PartBytes)..Math.Min(snapshot.Length, (i + 1) * PartBytes)];
            await store.KeepAsync(
                keys.SnapshotPart(reference.Hash.Value, i),
                Envelopes.Seal(PartMark, part.Span),
                cancellationToken).ConfigureAwait(false);
        }

        foreach (var (old, count) in await AddToListAsync(reference, parts, cancellationToken).ConfigureAwait(false))
        {
            await DeleteAsync(old, count, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The bytes; null when no list names them. The caller compares the hash.</summary>
    public async Task<byte[]?> GetAsync(SnapshotReference reference, CancellationToken cancellationToken)
    {
        var (found, count) = (await ListAsync(cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(row => row.Reference == reference);
        if (found is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        for (var i = 0; i < count; i++)
        {
            var copy = await store.ReadAsync(keys.SnapshotPart(reference.Hash.Value, i), cancellationToken)
                .ConfigureAwait(false);
            if (copy.Value is not { } value || Envelopes.Open(PartMark, value) is not { } part)
            {
                return null;
            }

            bytes.Write(part);
        }

        return bytes.ToArray();
    }

    // Swapped, not written over: a list that arrives late must not bring back what it named.
    private async Task<List<(SnapshotReference Reference, int Parts)>> AddToListAsync(
        SnapshotReference reference, int parts, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await store.ReadAsync(keys.Snapshots, cancellationToken).ConfigureAwait(false);
            var all = Read(known).Where(row => row.Reference != reference).Prepend((reference, parts))
                .OrderByDescending(row => row.Item1.Position).ToList();
            var text = string.Join('\n', all.Take(Kept).Select(row => string.Create(
                CultureInfo.InvariantCulture, $"{row.Item1.Position} {row.Item1.Hash.Value} {row.Item2}")));
            var swap = await store.RunAsync(
                keys.Snapshots,
                HeadSwap.Begin(known, Envelopes.Seal(ListMark, Encoding.ASCII.GetBytes(text))),
                (_, _) => false,
                Damaged(),
                cancellationToken).ConfigureAwait(false);
            if (swap.Step == SwapStep.Committed)
            {
                return [.. all.Skip(Kept)];
            }
        }
    }

    private async Task DeleteAsync(SnapshotReference old, int parts, CancellationToken cancellationToken)
    {
        for (var i = 0; i < parts; i++)
        {
            try
            {
                await api.DeleteAsync(keys.SnapshotPart(old.Hash.Value, i), cancellationToken).ConfigureAwait(false);
            }
            catch (StateCallException)
            {
                return; // Garbage that nobody names; the snapshot that was asked for is there.
            }
        }
    }

    private async Task<List<(SnapshotReference Reference, int Parts)>> ListAsync(
        CancellationToken cancellationToken) =>
        Read(await store.ReadAsync(keys.Snapshots, cancellationToken).ConfigureAwait(false));

    private List<(SnapshotReference Reference, int Parts)> Read(HeadCopy copy) =>
        copy.Value is not { } value ? [] : Read(value) ?? throw Damaged();

    private JournalStoreException Damaged() => new(
        "snapshots_damaged", $"The list of snapshots under '{keys.Snapshots}' cannot be read. Delete that key.");

    private static List<(SnapshotReference Reference, int Parts)>? Read(StoredValue value)
    {
        if (Envelopes.Open(ListMark, value) is not { } bytes)
        {
            return null;
        }

        var rows = new List<(SnapshotReference, int)>();
        foreach (var line in Encoding.ASCII.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line.Split(' ');
            if (cells.Length != 3 || !long.TryParse(cells[0], CultureInfo.InvariantCulture, out var position)
                || !BlobHash.TryParse(cells[1], out var hash)
                || !int.TryParse(cells[2], CultureInfo.InvariantCulture, out var parts))
            {
                return null;
            }

            rows.Add((new SnapshotReference(position, hash), parts));
        }

        return rows;
    }
}
