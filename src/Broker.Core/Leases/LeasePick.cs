using Broker.Core.Addresses;
using Broker.Core.Blocks;
using Broker.Core.Pools;

namespace Broker.Core.Leases;

/// <summary>The address that is to be leased: in a live block, or the first of a block granted with it.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Block">The live block, or null for a new one.</param>
/// <param name="Index">Which block of the pool.</param>
/// <param name="Address">The address.</param>
/// <param name="Prev">The last event on the address in this generation of the block; null when there is none.</param>
internal readonly record struct LeasePick(
    PoolState Pool, BlockState? Block, UInt128 Index, IpAddress Address, long? Prev);
