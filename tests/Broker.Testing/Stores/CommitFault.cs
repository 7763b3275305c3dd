namespace Broker.Testing.Stores;

/// <summary>How a commit of a <see cref="FaultStore"/> goes wrong.</summary>
public enum CommitFault
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>An I/O error; nothing was written.</summary>
    Before = 1,

    /// <summary>Everything was written, but an error is reported.</summary>
    ReplyLost = 2,

    /// <summary>Somebody else has the head.</summary>
    Superseded = 3,
}
