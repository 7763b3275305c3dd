using Broker.Core.Blocks;
using Broker.Core.Leases;
using Broker.Core.Pools;
using Broker.Core.Requests;
using Broker.Core.Views;

namespace Broker.Core;

/// <summary>Recomputes what the state claims: the invariants, and every index against what it indexes.</summary>
internal static class LedgerValidation
{
    public static List<string> Validate(LedgerState state)
    {
        var faults = new List<string>();
        state.Pools.Validate(faults, state.Reservations);
        state.Reservations.Validate(faults, state.Pools);
        state.Nodes.Validate(faults);
        state.Requests.Validate(faults);
        state.Certificates.Validate(faults);
        state.Csrs.Validate(faults);
        state.Tokens.Validate(faults);
        ValidateBlocks(state, faults);
        return faults;
    }

    private static void ValidateBlocks(LedgerState state, List<string> faults)
    {
        var (blocks, nodeBlocks) = (0, 0);
        var (leases, nodeLeases) = (0L, 0L);
        var holdings = new HashSet<Holding>();
        foreach (var pool in state.Pools.All)
        {
            foreach (var (index, block) in pool.Live)
            {
                blocks++;
                if (block.Index != index || block.Node.FindPool(pool.Spec.Name)?.Blocks.Contains(block) != true
                    || block.Uid != block.Node.Uid || block.Node.Standing == Standing.Retired
                    || state.Pools.BlockAt(block.Cidr) != block)
                {
                    faults.Add($"I1: block {block.Cidr} is not where its index says.");
                }

                if (state.Reservations.WorkloadOf(block.Cidr) != block.Workload)
                {
                    faults.Add($"I4: block {block.Cidr} is bound to {block.Workload}, wrongly.");
                }

                block.Validate(faults);
                leases += ValidateLeases(state, pool, block, holdings, faults);
                ValidateRequest(state, block, faults);
            }
        }

        foreach (var node in state.Nodes.All)
        {
            nodeBlocks += node.BlocksLive;
            nodeLeases += node.LeasesLive;
        }

        if (blocks != nodeBlocks || leases != nodeLeases || holdings.Count != state.Leases.Count)
        {
            faults.Add($"Pools have {blocks} blocks, {leases} leases; nodes {nodeBlocks}, {nodeLeases}.");
        }
    }

    private static long ValidateLeases(
        LedgerState state, PoolState pool, BlockState block, HashSet<Holding> holdings, List<string> faults)
    {
        var count = 0L;
        for (var slot = 0; slot < block.Addresses.Capacity; slot++)
        {
            if (block.Addresses.LeaseAt(slot) is not { } lease)
            {
                continue;
            }

            count++;
            var holding = lease.Holding;
            if (lease.Block != block || lease.Slot != slot || block.AddressAt(slot) != lease.Address
                || state.Leases.LeaseOf(lease.Address) != lease || lease.Position <= block.Position)
            {
                faults.Add($"I1: lease {lease.Address} is not where its block says.");
            }

            if (!block.Cidr.Contains(lease.Address) || holding.Node != block.Node
                || holding.Attachment.Node != block.Uid)
            {
                faults.Add($"I2: lease {lease.Address} does not lie in a block of its node.");
            }

            if (block.SlotOf(lease.Address) is null || IsExcluded(pool.Spec, lease.Address)
                || (state.Reservations.Covering(lease.Address) is { } reservation
                    && (reservation.Workload is not { } workload || holding.Pod.Workload != workload)))
            {
                faults.Add($"I4: {lease.Address} is kept back, excluded or reserved, and leased.");
            }

            if ((holding.Lease4 != lease && holding.Lease6 != lease)
                || state.Leases.Find(holding.Attachment) != holding
                || (holding.Request is { } id && state.Requests.Find(new RequestKey(holding.Node, id)) != holding))
            {
                faults.Add($"The holding of {lease.Address} is indexed wrongly.");
            }

            _ = holdings.Add(holding); // A second family is the same holding.
        }

        return count;
    }

    private static void ValidateRequest(LedgerState state, BlockState block, List<string> faults)
    {
        if (block.Request is { } request
            && (state.Requests.Find(request.Key) != request || !request.Blocks.Contains(block)))
        {
            faults.Add($"The request of block {block.Cidr} is indexed wrongly.");
        }
    }

    private static bool IsExcluded(PoolSpec spec, Addresses.IpAddress address)
    {
        foreach (var range in spec.Exclusions)
        {
            if (range.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
