namespace Broker.Journal.Reading;

/// <summary>
/// The journal is not what was written: nothing may be served or written. The message names the position and why.
/// </summary>
public sealed class JournalDamagedException : Exception
{
    public JournalDamagedException(string code, long position, string message, Exception? inner = null)
        : base(message, inner) => (Code, Position) = (code, position);

    /// <summary>A code that never changes, in lower snake case.</summary>
    public string Code { get; }

    /// <summary>The first position that is wrong, or, when only a root differs, the size at which it does.</summary>
    public long Position { get; }
}
