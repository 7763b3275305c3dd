namespace Broker.Journal.Store;

/// <summary>The store failed or refuses. <see cref="Exception.Message"/> says what happened and what to do.</summary>
public sealed class JournalStoreException : Exception
{
    public JournalStoreException(string code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>A code that never changes, in lower snake case.</summary>
    public string Code { get; }

    /// <summary>The first position that is affected, where it is known.</summary>
    public long? Position { get; init; }
}
