using Broker.Journal.Tree;

namespace Broker.Journal.Store;

/// <summary>
/// A size that the journal certainly reached, and the root it had there, remembered outside the database: a journal
/// that is shorter, or has another root there, has lost or changed what it had acknowledged.
/// </summary>
public sealed record JournalMark(long Position, MerkleHash Root);
