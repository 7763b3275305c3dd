using System.Text;
using Broker.Journal.Files;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr;

/// <summary>
/// What a broker keeps in its own folder about a ledger that lies elsewhere: the lock that keeps a second process off
/// the folder, the mark of what it saw, and the claims that it wrote, by which it knows its own head again.
/// </summary>
internal sealed class LedgerPlace : IDisposable
{
    private readonly string _claims;
    private readonly FolderLock? _lock;
    private readonly MarkFile? _mark;
    private readonly bool _isReadOnly;

    private LedgerPlace(string folder, FolderLock? folderLock, MarkFile? mark, bool isReadOnly)
    {
        (_lock, _mark, _isReadOnly) = (folderLock, mark, isReadOnly);
        _claims = Path.Combine(folder, "journal.claim");
        Mark = mark?.Mark;
    }

    /// <summary>The mark as it was found; null where nothing was seen yet.</summary>
    public JournalMark? Mark { get; }

    /// <summary>Takes the folder.</summary>
    /// <exception cref="JournalStoreException"><c>data_folder_locked</c> or <c>mark_damaged</c>.</exception>
    public static LedgerPlace Take(string folder, bool isReadOnly, TimeProvider time)
    {
        var file = Path.Combine(folder, "journal.mark");
        if (isReadOnly)
        {
            return new LedgerPlace(folder, null, MarkFile.Open(file, true), true);
        }

        var folderLock = FolderLock.Take(folder, time);
        try
        {
            return new LedgerPlace(folder, folderLock, MarkFile.Open(file, false) ?? MarkFile.Create(file), false);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Whether this folder wrote that claim.</summary>
    public bool Knows(string claim) => File.Exists(_claims) && File.ReadAllLines(_claims).Contains(claim);

    /// <summary>
    /// Remembers a claim, durably, before it is sent; the one before it stays: it may be the head's still.
    /// </summary>
    public void Remember(string claim)
    {
        var before = File.Exists(_claims) ? File.ReadAllLines(_claims).Take(1) : [];
        var next = _claims + ".new";
        using (var file = new FileStream(next, OwnerFile.Writing(FileMode.Create, FileShare.None)))
        {
            file.Write(Encoding.ASCII.GetBytes(string.Join('\n', before.Prepend(claim)) + "\n"));
            file.Flush(true);
        }

        File.Move(next, _claims, true);
    }

    /// <summary>Moves the mark on.</summary>
    public void Saw(JournalHead head)
    {
        if (!_isReadOnly)
        {
            _mark?.Write(new JournalMark(head.Size, head.Root));
        }
    }

    public void Dispose()
    {
        _mark?.Dispose();
        _lock?.Dispose();
    }
}
