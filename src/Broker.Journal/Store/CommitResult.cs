namespace Broker.Journal.Store;

/// <summary>What became of a commit that did not fail.</summary>
public enum CommitResult
{
    /// <summary>Head and batch are durable.</summary>
    Committed = 0,

    /// <summary>The head is not the one that was expected: somebody else writes. Nothing was changed.</summary>
    Superseded = 1,
}
