namespace Broker.Tests.Core.SmallWorlds;

/// <summary>What may happen in a small world.</summary>
internal enum SmallKind
{
    /// <summary>A container asks for an address of each family, with a request of its own.</summary>
    Grant,

    /// <summary>The newest grant of a container comes again.</summary>
    Repeat,

    /// <summary>A container is gone, as its node says, whether it held something or not.</summary>
    Release,

    /// <summary>What a container held last ends because its pod was not seen; it may have ended before.</summary>
    ReclaimLease,

    /// <summary>A node asks for a block of each pool.</summary>
    GrantBlocks,

    /// <summary>A node releases its first block.</summary>
    ReleaseBlock,

    /// <summary>A node releases the first block that is not its own.</summary>
    ReleaseOther,

    /// <summary>A node releases once more the block that ended first, by its old generation.</summary>
    ReleaseStale,

    /// <summary>An operator takes the machine of a node for off: its first block is reclaimed.</summary>
    ReclaimBlock,

    /// <summary>An operator lets every fenced node in again.</summary>
    Readmit,

    /// <summary>The last IPv4 address is reserved, or its reservation dropped.</summary>
    Reserve,

    /// <summary>Half a cooldown passes.</summary>
    Pass,
}
