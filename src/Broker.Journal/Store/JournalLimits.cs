namespace Broker.Journal.Store;

/// <summary>How large things of a journal may be.</summary>
public static class JournalLimits
{
    /// <summary>Events that one commit makes durable together.</summary>
    public const int BatchEventsMax = 1024;

    /// <summary>Bytes of the lines of a batch, each with its newline.</summary>
    public const int BatchBytesMax = 192 * 1024;

    /// <summary>Bytes of the private rows of a batch: a state store keeps them in its head for a while.</summary>
    public const int BatchPrivateBytesMax = 128 * 1024;

    /// <summary>Bytes of one event as encoded, without the newline.</summary>
    public const int EventBytesMax = 4096;

    /// <summary>Bytes of one blob: a certificate, a signing request, a report.</summary>
    public const int BlobBytesMax = 1024 * 1024;

    /// <summary>Characters of an origin.</summary>
    public const int OriginCharsMax = 255;
}
