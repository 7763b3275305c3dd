using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Pools;

/// <summary>A block that was given back or reclaimed, and not granted since.</summary>
/// <param name="Index">Which block of the pool.</param>
/// <param name="Position">The position of what ended it.</param>
/// <param name="Stamp">When it was released.</param>
/// <param name="Workload">Whose fixed address it was until its node released it: it may have it back at once.</param>
internal sealed record ReleasedBlock(
    UInt128 Index, long Position, LedgerTime Stamp, WorkloadName? Workload = null);
