namespace Broker.Journal.Events;

/// <summary>The line is not the one canonical encoding of an event.</summary>
public sealed class NotCanonicalException : JournalFormatException
{
    public NotCanonicalException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
