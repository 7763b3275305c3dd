namespace Broker.Core.Blocks;

/// <summary>Whether a block may have a free address.</summary>
internal enum BlockPlace
{
    /// <summary>All of its addresses are held, or somebody else leases them.</summary>
    None = 0,

    /// <summary>It has never-used addresses.</summary>
    Ready = 1,

    /// <summary>It has released addresses only; one of them is free once it has cooled.</summary>
    Waiting = 2,
}
