namespace Broker.Tests.Journal.Dapr.Exploring;

/// <summary>Where a writer is.</summary>
internal enum WriterPhase
{
    /// <summary>It is to read the head.</summary>
    Starting = 0,

    /// <summary>It swaps the head for one with its claim.</summary>
    Claiming = 1,

    /// <summary>It keeps the batch of the head under its own key.</summary>
    Keeping = 2,

    /// <summary>It swaps the head for one with its next batch.</summary>
    Committing = 3,

    /// <summary>Unsafe writers only: it waits for a reply, which it will believe.</summary>
    Listening = 4,

    /// <summary>Unsafe writers only: it reads the ETag of a head that it takes for its own.</summary>
    Adopting = 5,

    /// <summary>It has written all that it wanted, stood down, or lost patience.</summary>
    Ended = 6,
}
