using Broker.Core.Time;

namespace Broker.Core.Pools;

/// <summary>A block that was given back or reclaimed, and not granted since.</summary>
/// <param name="Index">Which block of the pool.</param>
/// <param name="Position">The position of what ended it.</param>
/// <param name="Stamp">When it was released.</param>
internal sealed record ReleasedBlock(UInt128 Index, long Position, LedgerTime Stamp);
