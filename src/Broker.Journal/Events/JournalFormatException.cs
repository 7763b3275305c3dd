namespace Broker.Journal.Events;

/// <summary>A line of the journal is not what it should be; a reader stops there and serves nothing after it.</summary>
public abstract class JournalFormatException : Exception
{
    private protected JournalFormatException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
