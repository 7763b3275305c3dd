using System.Buffers.Binary;
using System.Security.Cryptography;
using Broker.Journal.Store;
using Broker.Journal.Tree;

namespace Broker.Journal.Files;

/// <summary>
/// Position and root that the journal had reached, in a file of its own: SQLite drops everything after a bad frame of
/// its log without a word, a state store may be restored from a copy, and only this file knows better. Two slots,
/// written in turn, each within one sector, so that a torn write leaves the other one.
/// </summary>
public sealed class MarkFile : IDisposable
{
    // magic, sequence, position, root, SHA-256 over all before.
    private const int SequenceAt = 8;
    private const int PositionAt = 16;
    private const int RootAt = 24;
    private const int SumAt = RootAt + MerkleHash.Bytes;
    private const int SlotBytes = SumAt + SHA256.HashSizeInBytes;
    private const int SlotStride = 4096;

    private readonly FileStream _file;
    private long _sequence;

    private MarkFile(FileStream file, JournalMark mark, long sequence) =>
        (_file, Mark, _sequence) = (file, mark, sequence);

    private static ReadOnlySpan<byte> Magic => "BRKMARK1"u8;

    /// <summary>The newest mark.</summary>
    public JournalMark Mark { get; private set; }

    /// <summary>Makes the file, with both slots at size 0.</summary>
    public static MarkFile Create(string path)
    {
        var file = new FileStream(path, OwnerFile.Writing(FileMode.CreateNew, FileShare.Read));
        var mark = new MarkFile(file, new JournalMark(0, Merkle.EmptyRoot), 0);
        mark.Write(mark.Mark);
        mark.Write(mark.Mark);
        mark.Flush();
        return mark;
    }

    /// <summary>Opens the file; null when there is none.</summary>
    /// <exception cref="JournalStoreException"><c>mark_damaged</c>: no slot can be read.</exception>
    public static MarkFile? Open(string path, bool readOnly)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var file = readOnly
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0)
            : new FileStream(path, OwnerFile.Writing(FileMode.Open, FileShare.Read));
        var newest = Read(file, 0);
        if (Read(file, 1) is { } other && (newest is null || other.Sequence > newest.Value.Sequence))
        {
            newest = other;
        }

        if (newest is { } found)
        {
            return new MarkFile(file, found.Mark, found.Sequence);
        }

        file.Dispose();
        throw new JournalStoreException(
            "mark_damaged",
            $"'{path}' cannot be read, so nobody can tell whether the journal lost anything. Restore the data folder "
            + "from a copy.");
    }

    /// <summary>Moves the mark on. Not flushed: it may only ever be behind the database.</summary>
    public void Write(JournalMark mark)
    {
        Span<byte> slot = stackalloc byte[SlotBytes];
        var sequence = _sequence + 1;
        Magic.CopyTo(slot);
        BinaryPrimitives.WriteInt64BigEndian(slot[SequenceAt..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(slot[PositionAt..], mark.Position);
        mark.Root.CopyTo(slot[RootAt..]);
        _ = SHA256.HashData(slot[..SumAt], slot[SumAt..]); // Always 32 bytes.
        RandomAccess.Write(_file.SafeFileHandle, slot, (sequence & 1) * SlotStride);
        (_sequence, Mark) = (sequence, mark);
    }

    /// <summary>Makes what was written durable.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file.SafeFileHandle);

    public void Dispose() => _file.Dispose();

    private static (JournalMark Mark, long Sequence)? Read(FileStream file, int index)
    {
        Span<byte> slot = stackalloc byte[SlotBytes];
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        var length = RandomAccess.Read(file.SafeFileHandle, slot, index * SlotStride);
        _ = SHA256.HashData(slot[..SumAt], sum); // Always 32 bytes.
        var good = length == SlotBytes && slot[..SequenceAt].SequenceEqual(Magic) && slot[SumAt..].SequenceEqual(sum);
        if (!good)
        {
            return null;
        }

        var mark = new JournalMark(
            BinaryPrimitives.ReadInt64BigEndian(slot[PositionAt..]), MerkleHash.From(slot[RootAt..SumAt]));
        return (mark, BinaryPrimitives.ReadInt64BigEndian(slot[SequenceAt..]));
    }
}
