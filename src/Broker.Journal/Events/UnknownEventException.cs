namespace Broker.Journal.Events;

/// <summary>
/// The line has a version or type that this program does not know: a newer program wrote it. Nothing after it may be
/// served, and this program may not take over.
/// </summary>
public sealed class UnknownEventException : JournalFormatException
{
    public UnknownEventException(string message)
        : base(message, null)
    {
    }
}
