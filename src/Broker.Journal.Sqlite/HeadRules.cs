using Broker.Journal.Store;

namespace Broker.Journal.Sqlite;

/// <summary>Whether the head that was found may be believed.</summary>
internal static class HeadRules
{
    /// <summary>Refuses a database without a head, without a mark, or behind its mark.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="head">The head; null when there is none that could be read.</param>
    /// <param name="mark">The mark, if there is one.</param>
    /// <param name="hasBatches">Whether the database holds events.</param>
    /// <exception cref="JournalStoreException">
    /// <c>head_damaged</c>, <c>journal_unfinished</c>, <c>mark_missing</c> or <c>journal_behind_mark</c>.
    /// </exception>
    public static void Require(StoreFolder folder, JournalHead? head, JournalMark? mark, Func<bool> hasBatches)
    {
        if (head is null)
        {
            // Head and first event are written together: whatever has events or a mark had a head.
            if (mark is { Position: > 0 } || hasBatches())
            {
                throw new JournalStoreException(
                    "head_damaged",
                    $"The head of the journal in '{folder.Path}' is gone, and its events are not. Restore the data "
                    + "folder from a copy.");
            }

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
