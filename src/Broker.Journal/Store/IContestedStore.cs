namespace Broker.Journal.Store;

/// <summary>
/// A store in which another writer can take over at any moment, unlike one that a lock keeps to one process: what is
/// answered without a commit needs a look at the head first (I7).
/// </summary>
public interface IContestedStore
{
    /// <summary>
    /// Whether a read of the head that begins now shows the head that this process wrote last.
    /// </summary>
    /// <exception cref="JournalStoreException">It could not be read in time.</exception>
    Task<bool> LeadsAsync(JournalHead head, CancellationToken cancellationToken);
}
