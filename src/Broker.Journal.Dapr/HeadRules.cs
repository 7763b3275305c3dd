using System.Globalization;
using Broker.Journal.Dapr.Wire;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr;

/// <summary>Whether the head that was found may be believed.</summary>
internal static class HeadRules
{
    /// <summary>Refuses a missing head, another ledger's head, and one of a time before what this broker saw.</summary>
    /// <exception cref="JournalStoreException">
    /// <c>head_missing</c>, <c>ledger_other</c> or <c>head_back_in_time</c>.
    /// </exception>
    public static void Require(DaprJournalSettings settings, HeadEnvelope? found, JournalMark? mark)
    {
        if (found is null)
        {
            if (mark is { Position: > 0 })
            {
                throw Missing(settings);
            }

            return;
        }

        if (found.Head.Origin != settings.Origin)
        {
            throw new JournalStoreException(
                "ledger_other",
                $"The state store holds the ledger '{found.Head.Origin}', and '{settings.Origin}' is meant. Correct "
                + "journal:dapr:origin, or the component's keyPrefix, table or database.");
        }

        if (mark is not null && found.Head.Size < mark.Position)
        {
            throw BackInTime(found.Head.Size, mark.Position);
        }
    }

    /// <summary>The head is of a time before what was seen.</summary>
    public static JournalStoreException BackInTime(long size, long seen) => new(
        "head_back_in_time",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The journal ends at size {size}, but had reached {seen}: the state store was restored from a copy, "
            + $"failed over to a replica that was behind, or another one is read. Bring the newer copy back; what lies "
            + $"between was answered and is not there."))
    {
        Position = size,
    };

    /// <summary>There is no head where there was one.</summary>
    public static JournalStoreException Missing(DaprJournalSettings settings) => new(
        "head_missing",
        $"There is no head of '{settings.Origin}' in the state store '{settings.StateStore}' any more. It was emptied, "
        + "evicted or expired, or the component has another keyPrefix, table or database now. Put back what was there; "
        + "nothing is created in its place.");

    /// <summary>Somebody else wrote last.</summary>
    public static JournalStoreException Led(HeadEnvelope found) => new(
        "ledger_led",
        $"The ledger '{found.Head.Origin}' was last written by another broker (epoch {found.Head.Epoch}, writer "
        + $"{found.Head.Writer}). If it is gone, or is to go, start with --take-over: it answers nothing more then.");
}
