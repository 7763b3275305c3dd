namespace Broker.Journal.Dapr.Protocol;

/// <summary>What is to be done next about a swap of the head, or what became of it.</summary>
internal enum SwapStep
{
    /// <summary>Send the swap: the same bytes each time.</summary>
    Send = 0,

    /// <summary>Read the head and say what it is.</summary>
    Read = 1,

    /// <summary>The head was what we wrote.</summary>
    Committed = 2,

    /// <summary>Somebody else's head: this writer writes no more.</summary>
    Superseded = 3,
}
