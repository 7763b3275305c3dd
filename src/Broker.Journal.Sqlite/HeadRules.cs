using Broker.Journal.Store;

namespace Broker.Journal.Sqlite;

/// <summary>Whether the head that was found may be believed.</summary>
internal static class HeadRules
{
    /// <summary>Refuses a database without a head, without a mark, or behind its mark.</summary>
    /// <exception cref="JournalStoreException">
    /// <c>journal_unfinished</c>, <c>mark_missing</c> or <c>journal_behind_mark</c>.
    /// </exception>
    public static void Require(StoreFolder folder, JournalHead? head, JournalMark? mark)
    {
        if (head is null)
        {
            throw new JournalStoreException(
                "journal_unfinished",
                $"The creation of the ledger in '{folder.Path}' was interrupted. Remove the journal.* files there and "
                + "create it again.");
        }

        if (mark is null)
        {
            throw new JournalStoreException(
                "mark_missing",
                $"'{folder.Mark}' is missing, so nobody can tell whether the journal lost anything. Restore the data "
                + "folder from a copy.");
        }

        if (head.Size < mark.Position)
        {
            throw new JournalStoreException(
                "journal_behind_mark",
                $"The journal ends at size {head.Size}, but had reached {mark.Position}: the newest events are lost, "
                + "or the folder was copied or restored in parts. Restore all of it.")
            {
                Position = head.Size,
            };
        }
    }
}
