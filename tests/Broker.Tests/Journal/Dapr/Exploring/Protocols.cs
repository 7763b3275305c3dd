namespace Broker.Tests.Journal.Dapr.Exploring;

/// <summary>The protocol as it is, and those that lose something.</summary>
[Flags]
internal enum Protocols
{
    /// <summary>The inline tail with read-back of both keys: what the product does.</summary>
    InlineTail = 0,

    /// <summary>The reply of the swap is a commit, and the next ETag is that of whatever head is read.</summary>
    BelievesReplies = 1,

    /// <summary>The batch goes under its own key in one call with the head that names it.</summary>
    Transaction = 2,

    /// <summary>The batch before is written, and not read back.</summary>
    TrustsTheTail = 4,

    /// <summary>Of the two keys of the batch before, only the first is read back.</summary>
    ReadsOneKeyBack = 8,
}
