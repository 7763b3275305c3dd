namespace Broker.Journal.Writing;

/// <summary>
/// The writer does not write any more. The command at hand was not taken, unless <see cref="IsUndecided"/> says that
/// nobody knows.
/// </summary>
public sealed class WriterStoppedException(string code, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>
    /// <c>stopped</c> (asked to), <c>store_failed</c>, <c>superseded</c> (another writer took over),
    /// <c>journal_damaged</c> (a byte is wrong) or <c>writer_failed</c> (a bug).
    /// </summary>
    public string Code { get; } = code;

    /// <summary>
    /// Whether the command was on its way to the store: it may be in the journal. Who repeats it with the same request
    /// id finds out.
    /// </summary>
    public bool IsUndecided { get; private init; }

    /// <summary>The same for a command that was on its way.</summary>
    public WriterStoppedException Undecided() => new(Code, Message, this) { IsUndecided = true };
}
