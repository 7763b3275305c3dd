namespace Broker.Journal.Dapr.Protocol;

/// <summary>What is to be done next about the batch that the head carries.</summary>
internal enum TailStep
{
    /// <summary>Write it under its own key.</summary>
    Write = 0,

    /// <summary>Read it back.</summary>
    Read = 1,

    /// <summary>It was read back equal: the head may be swapped.</summary>
    Kept = 2,
}
