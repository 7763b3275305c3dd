using Broker.Core.Time;

namespace Broker.Core.Pools;

/// <summary>A block that was given back, in the order of its release: a link of <see cref="ReleasedBlocks"/>.</summary>
internal sealed class ReleasedBlock(UInt128 index, long position, LedgerTime stamp)
{
    /// <summary>Which block of the pool.</summary>
    public UInt128 Index { get; } = index;

    /// <summary>The position of its <c>block.released</c>.</summary>
    public long Position { get; } = position;

    /// <summary>When it was released.</summary>
    public LedgerTime Stamp { get; } = stamp;

    public ReleasedBlock? Older { get; set; }

    public ReleasedBlock? Newer { get; set; }
}
