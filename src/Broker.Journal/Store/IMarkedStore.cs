namespace Broker.Journal.Store;

/// <summary>A store that keeps a mark of its own beside the journal; replay compares the root there.</summary>
public interface IMarkedStore
{
    /// <summary>The mark as it was found at opening; null before a ledger was created.</summary>
    JournalMark? Mark { get; }
}
