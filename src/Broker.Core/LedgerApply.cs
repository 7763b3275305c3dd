using Broker.Core.Addresses;
using Broker.Core.Blocks;
using Broker.Core.Certificates;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core;

/// <summary>Turns facts into state. Decides nothing: whatever stands in the journal has happened.</summary>
internal static class LedgerApply
{
    public static void Apply(LedgerState state, long position, Fact fact, LedgerTime now)
    {
        if (fact.At > state.LastAt)
        {
            (state.LastAt, state.ClockStepped) = (fact.At, false);
        }

        state.Now = now > state.Now ? now : state.Now;
        state.Size = position + 1;
        switch (fact.Event)
        {
            case LeaseGranted granted:
                state.Leases.Grant(granted, position, fact);
                break;
            case LeaseReleased released:
                state.Leases.End(
                    released.Address, released.Generation, released.Granted, position, now, byNode: true);
                break;
            case LeaseReclaimed reclaimed:
                state.Leases.End(
                    reclaimed.Address, reclaimed.Generation, reclaimed.Granted, position, now, byNode: false);
                break;
            case BlockGranted granted:
                Grant(state, granted, position, fact);
                break;
            case BlockReleased released:
                End(state, released.Block, released.Generation, released.Node, position, now, byNode: true);
                break;
            case BlockReclaimed reclaimed:
                End(state, reclaimed.Block, reclaimed.Generation, reclaimed.Node, position, now, byNode: false);
                break;
            case LedgerCreated or LedgerLed or LedgerSealed or ClockStepped or EvidenceGap:
                OnLedger(state, fact.Event, position);
                break;
            case PoolDefined defined:
                state.Pools.Define(new PoolState(defined.Spec, position));
                break;
            case PoolOpened or PoolDrained or PoolRetired or PoolChanged or ReservationMade or ReservationDropped:
                PoolApply.Apply(state, position, fact);
                break;
            case TokenIssued issued:
                state.Tokens.Issue(issued, position, fact.At);
                break;
            case TokenRevoked revoked:
                var token = state.Tokens.Find(revoked.Token)!;
                (token.Revoked, token.LastPosition) = (true, position);
                break;
            case CsrObserved or CsrApproved or CsrDenied or CsrFailed or CsrContradicted:
                OnCsr(state, fact, position);
                break;
            default:
                OnNode(state, fact, position, now);
                break;
        }
    }

    private static void Grant(LedgerState state, BlockGranted granted, long position, Fact fact)
    {
        var pool = state.Pools.Find(granted.Pool)!;
        var index = pool.Geometry.IndexOf(granted.Block.Network);
        if (pool.Geometry.BlockAt(index) != granted.Block || !pool.Spec.Cidr.Contains(granted.Block))
        {
            throw new InvalidOperationException($"{granted.Block} is not a block of pool {granted.Pool}.");
        }

        var workload = state.Reservations.WorkloadOf(granted.Block);
        var block = new BlockState(pool, index, state.Nodes.Find(granted.Node)!, granted.Lessor, position, workload)
        {
            Certificate = fact.Actor.Certificate ?? default,
            GrantedAt = fact.At,
        };
        if (block.IsClosed && block.Workload is null)
        {
            throw new InvalidOperationException($"{granted.Block} has no address that may be leased.");
        }

        pool.Grant(block);
        block.Node.AddBlock(block);
        if (fact.Request is { } request)
        {
            state.Requests.AddBlock(new(block.Node, request), block);
        }
    }

    private static void End(
        LedgerState state,
        Cidr cidr,
        Generation generation,
        NodeName node,
        long position,
        LedgerTime now,
        bool byNode)
    {
        var block = state.Pools.BlockAt(cidr) ?? throw new InvalidOperationException($"{cidr} is not a live block.");
        if (block.Generation != generation || block.Node.Name != node || block.Addresses.Live > 0)
        {
            throw new InvalidOperationException(
                $"{cidr} is held by node {block.Node.Name} in generation {block.Position}, with "
                + $"{block.Addresses.Live} leases.");
        }

        block.Pool.Release(block, position, now, byNode ? block.Workload : null);
        block.Node.RemoveBlock(block);
        if (block.Request is { } request)
        {
            state.Requests.End(request, now);
        }
    }

    private static void OnLedger(LedgerState state, LedgerEvent what, long position)
    {
        state.LastPosition = position;
        switch (what)
        {
            case LedgerCreated created:
                state.Origin = created.Origin;
                break;
            case LedgerLed led:
                (state.Epoch, state.Writer, state.SealedTo) = (led.Epoch, led.Writer, null);
                break;
            case LedgerSealed end:
                state.SealedTo = end.To;
                break;
            case EvidenceGap:
                break;
            default:
                state.ClockStepped = true;
                break;
        }
    }

    private static void OnCsr(LedgerState state, Fact fact, long position)
    {
        switch (fact.Event)
        {
            case CsrObserved observed:
                state.Csrs.Observe(observed, position);
                break;
            case CsrDenied denied:
                state.Csrs.Deny(denied.Csr, denied.Rule, position, fact.Actor);
                break;
            case CsrFailed failed:
                state.Csrs.Fail(failed.Csr, position, fact.Actor);
                break;
            case CsrContradicted contradicted:
                state.Csrs.Contradict(contradicted.Csr, contradicted.Code, position, fact.Actor);
                break;
            case CsrApproved approved:
                state.Csrs.Approve(approved.Csr, approved.Rule, position, fact.Actor);
                var csr = state.Csrs.Find(approved.Csr)!;
                if (csr.Token is { } id && state.Tokens.Find(id) is { IsForOneUse: true } token)
                {
                    token.UsedBy ??= csr.Node;
                }

                break;
        }
    }

    private static void OnNode(LedgerState state, Fact fact, long position, LedgerTime now)
    {
        switch (fact.Event)
        {
            case NodeAdmitted admitted:
                state.Nodes.Admit(admitted.Node, admitted.Uid, position).IsProvisional = admitted.IsProvisional;
                state.Nodes.Touch(admitted.Node, position);
                break;
            case NodeFenced fenced:
                Stand(state, fenced.Node, Standing.Fenced, position, fenced.Rule);
                break;
            case NodeQuarantined quarantined:
                Stand(state, quarantined.Node, Standing.Quarantined, position);
                break;
            case NodeReadmitted readmitted:
                Stand(state, readmitted.Node, Standing.Active, position);
                break;
            case NodeRetired retired:
                Stand(state, retired.Node, Standing.Retired, position);
                break;
            case CertificateWitnessed witnessed:
                state.Certificates.Witness(witnessed, position, fact.At);
                state.Nodes.Touch(witnessed.Node, position);
                break;
            case NodeRebound rebound:
                var bound = state.Nodes.Find(rebound.Node)!;
                CertificatesState.Rebind(bound, rebound.Uid, rebound.Created);
                state.Nodes.Rebind(bound, rebound.Uid);
                state.Nodes.Touch(rebound.Node, position);
                break;
            case CertificateAdopted adopted:
                state.Certificates.Adopt(adopted, position, fact.At);
                state.Nodes.Touch(adopted.Node, position);
                break;
            case CertificateDenied denied:
                state.Certificates.Deny(denied);
                state.Nodes.Touch(denied.Node, position);
                break;
            case CertificatePromoted promoted:
                state.Certificates.Promote(promoted.Certificate, now);
                state.Nodes.Touch(promoted.Node, position);
                break;
            case CertificateRetired retired:
                state.Certificates.Retire(retired.Certificate, fact.At);
                state.Nodes.Touch(retired.Node, position);
                break;
            case AlarmRaised alarm:
                state.Alarms.Raise(alarm);
                state.Nodes.Touch(alarm.Node, position);
                break;
            case RefusalCounted counted:
                state.Nodes.Touch(counted.Node, position);
                break;
            default:
                throw new InvalidOperationException($"Unknown event {fact.Event.GetType().Name}.");
        }
    }

    private static void Stand(
        LedgerState state, NodeName name, Standing standing, long position, string? rule = null)
    {
        var node = state.Nodes.Find(name)!;
        node.WasQuarantined = rule is not null && node.Standing == Standing.Quarantined;
        (node.Standing, node.FenceRule) = (standing, rule);
        state.Nodes.Touch(name, position);
        if (standing == Standing.Retired)
        {
            node.RetiredAt = position;
            state.Certificates.RetireAll(node);
        }
    }
}
