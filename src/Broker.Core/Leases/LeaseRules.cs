using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Nodes;
using Broker.Core.PodCidrs;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Requests;
using Broker.Core.Views;

namespace Broker.Core.Leases;

/// <summary>Decides leases in blocks that the broker leases.</summary>
internal static class LeaseRules
{
    public static Decision Grant(Draft draft, GrantLease command)
    {
        if ((LeaseShape.Check(command)
            ?? CallerRules.Check(draft, command.Caller, grants: true)
            ?? CheckSubject(command.Caller, command.Attachment)) is { } refused)
        {
            return Draft.Refuse(refused);
        }

        var decision = GrantChecked(draft, command);
        if (decision.Refusal is not null)
        {
            draft.State.Requests.Answered.Add(command.Attachment, draft.Now);
        }

        return decision;
    }

    public static Decision Release(Draft draft, ReleaseLease command)
    {
        if ((LeaseShape.Check(command.Attachment)
            ?? CallerRules.Check(draft, command.Caller, grants: false)
            ?? CheckSubject(command.Caller, command.Attachment)) is { } refused)
        {
            return Draft.Refuse(refused);
        }

        CallerRules.Use(draft, command.Caller);
        if (draft.State.Leases.Find(command.Attachment) is not { } holding)
        {
            if (!draft.State.Requests.Answered.Contains(command.Attachment, draft.Now))
            {
                draft.State.Requests.Tombstones.Add(command.Attachment, draft.Now);
            }

            return draft.Answer(new LeasesEnded([]));
        }

        var ended = new List<IpAddress>(2);
        End(draft, holding.Lease4, ended);
        End(draft, holding.Lease6, ended);
        GiveBack(draft, holding.Lease4, command.Caller.Name);
        GiveBack(draft, holding.Lease6, command.Caller.Name);
        return draft.Answer(new LeasesEnded(ended));
    }

    private static Decision GrantChecked(Draft draft, GrantLease command)
    {
        var node = draft.State.Nodes.Find(command.Caller.Name)!;
        if (Repeat(draft, command, node) is { } repeated)
        {
            return repeated;
        }

        List<PoolState>? named = null;
        if (command.Pools.Count > 0
            && PoolChoice.Named(draft.State.Pools, command.Pools, Lessor.Broker, out named) is { } wrong)
        {
            return Draft.Refuse(wrong);
        }

        LeasePick? pick4 = null;
        LeasePick? pick6 = null;
        if ((Pick(draft, command, node, named, IpFamily.IPv4, ref pick4)
            ?? Pick(draft, command, node, named, IpFamily.IPv6, ref pick6)) is { } full)
        {
            return Draft.Refuse(full);
        }

        if (pick4 is null && pick6 is null)
        {
            return Draft.Refuse(PoolChoice.WhyNone(draft.State.Pools, null, Lessor.Broker));
        }

        CallerRules.Use(draft, command.Caller);
        return draft.Answer(new LeasesGranted(Write(draft, command, node, pick4, pick6), false));
    }

    private static Refusal? CheckSubject(NodeCaller caller, Names.Attachment attachment) =>
        attachment.Node == caller.Uid
            ? null
            : new Refusal(RefusalCode.SubjectMismatch, "The attachment is on another node than the certificate's.");

    private static Decision? Repeat(Draft draft, GrantLease command, NodeState node)
    {
        var requests = draft.State.Requests;
        var key = new RequestKey(node, command.RequestId);
        if (draft.State.Leases.Find(command.Attachment) is { } holding)
        {
            if (holding.Request != command.RequestId)
            {
                return Draft.Refuse(RefusalCode.Conflict, "The attachment holds a lease of another request.");
            }

            CallerRules.Use(draft, command.Caller);
            return draft.Answer(new LeasesGranted(holding.Views(), true));
        }

        if (requests.Find(key) is not null)
        {
            return Draft.Refuse(RefusalCode.Conflict, "The request was for something else.");
        }

        return requests.Ended.Contains(key, draft.Now) || requests.Tombstones.Contains(command.Attachment, draft.Now)
            ? Draft.Refuse(RefusalCode.RequestEnded, "The release came first.")
            : null;
    }

    private static Refusal? Pick(
        Draft draft,
        GrantLease command,
        NodeState node,
        List<PoolState>? named,
        IpFamily family,
        ref LeasePick? pick)
    {
        var asked = false;
        foreach (var each in command.Families)
        {
            asked |= each == family;
        }

        if (command.Families.Count > 0 && !asked)
        {
            return null;
        }

        foreach (var address in command.Addresses)
        {
            if (address.Family == family)
            {
                var none = AddressPicker.Pick(draft, command, node, named, address, out var exact);
                pick = none is null ? exact : null;
                return none;
            }
        }

        var pools = named ?? draft.State.Pools.Leasing(family);
        if (!PoolChoice.Offers(pools, family))
        {
            return (asked, named) switch
            {
                (false, _) => null,
                (true, null) => PoolChoice.WhyNone(draft.State.Pools, family, Lessor.Broker),
                _ => new Refusal(RefusalCode.PoolUnknown, $"None of the named pools is {family}."),
            };
        }

        if (FixedPicker.Find(draft, command, pools, family) is { } bound)
        {
            var none = FixedPicker.Pick(draft, command, node, bound, out var own);
            pick = none is null ? own : null;
            return none;
        }

        if (LeasePicker.PickFormer(command, node, pools, family) is { } former)
        {
            pick = former;
            return null;
        }

        var refused = named is null
            ? LeasePicker.PickAny(draft, command, node, family, out var found)
            : LeasePicker.PickIn(draft, command, node, family, named, out found);
        pick = refused is null ? found : null;
        return refused;
    }

    /// <summary>The blocks first, so that a request of two leases does not look like one of blocks.</summary>
    private static IReadOnlyList<LeaseView> Write(
        Draft draft, GrantLease command, NodeState node, LeasePick? pick4, LeasePick? pick6)
    {
        WriteOtherPodCidrs(draft, command, node, pick4, pick6);
        var generation4 = GenerationOf(draft, command, node, pick4);
        var generation6 = GenerationOf(draft, command, node, pick6);
        if (pick4 is not { } four)
        {
            return [Write(draft, command, pick6!.Value, generation6)];
        }

        var view = Write(draft, command, four, generation4);
        return pick6 is { } six ? [view, Write(draft, command, six, generation6)] : [view];
    }

    /// <summary>A lease that brings a podCIDR brings those of the other pools as well, in one commit (I6).</summary>
    private static void WriteOtherPodCidrs(
        Draft draft, GrantLease command, NodeState node, LeasePick? pick4, LeasePick? pick6)
    {
        if (pick4 is not { Block: null, Pool.Spec.PodCidrs: true }
            && pick6 is not { Block: null, Pool.Spec.PodCidrs: true })
        {
            return;
        }

        // It can be planned: the picker has tried.
        _ = PodCidrPlan.Pick(draft, node, out var plan);
        foreach (var (pool, index) in plan)
        {
            if (pool != pick4?.Pool && pool != pick6?.Pool)
            {
                _ = WriteBlock(draft, command, node, pool, index); // No lease lies in it yet.
            }
        }
    }

    private static Generation GenerationOf(Draft draft, GrantLease command, NodeState node, LeasePick? pick)
    {
        if (pick is not { Block: null } found)
        {
            return pick?.Block?.Generation ?? default;
        }

        return WriteBlock(draft, command, node, found.Pool, found.Index);
    }

    private static Generation WriteBlock(
        Draft draft, GrantLease command, NodeState node, PoolState pool, UInt128 index)
    {
        var spec = pool.Spec;
        var granted = new BlockGranted(pool.Geometry.BlockAt(index), spec.Name, node.Name, node.Uid, spec.Lessor);
        return new Generation(draft.Add(granted, pool.PrevOf(index), command.RequestId));
    }

    private static LeaseView Write(Draft draft, GrantLease command, LeasePick pick, Generation generation)
    {
        var (name, attachment, pod) = (command.Caller.Name, command.Attachment, command.Pod);
        var granted = new LeaseGranted(
            pick.Address, generation, name, attachment, pod, command.PodAssurance);
        var position = draft.Add(granted, pick.Prev ?? generation.Position, command.RequestId);
        var cidr = pick.Block?.Cidr ?? pick.Pool.Geometry.BlockAt(pick.Index);
        return LeaseNetwork.View(
            pick.Address,
            pick.Pool.Spec,
            cidr,
            generation,
            new LeaseFacts(
                name, attachment, pod, command.Caller.Certificate, command.RequestId, draft.At, position,
                command.PodAssurance));
    }

    /// <summary>
    /// A fixed address is its block: the node that releases it holds nothing in it any more and gives it back in the
    /// same commit, so that the next node of the workload can have it.
    /// </summary>
    private static void GiveBack(Draft draft, Lease? lease, Names.NodeName node)
    {
        if (lease is { Block.Workload: not null })
        {
            var released = new BlockReleased(lease.Block.Cidr, lease.Block.Generation, node);
            _ = draft.Add(released, lease.Block.Position); // The answer names addresses, not blocks.
        }
    }

    private static void End(Draft draft, Lease? lease, List<IpAddress> ended)
    {
        if (lease is not null)
        {
            var released = new LeaseReleased(lease.Address, lease.Block.Generation, lease.Position);
            _ = draft.Add(released, lease.Position); // The answer names addresses, not positions.
            ended.Add(lease.Address);
        }
    }
}
