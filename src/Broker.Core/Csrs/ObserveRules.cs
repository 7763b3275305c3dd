using Broker.Core.Certificates;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Nodes;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Csrs;

/// <summary>
/// Records what a cluster made of a CSR. The cluster has decided; what is decided here is whether its certificate is
/// the node's next one or on hold.
/// </summary>
internal static class ObserveRules
{
    /// <summary>The rule of a request that the cluster's own approver decided.</summary>
    public const string Cluster = "cluster";

    public static Decision Observe(Draft draft, ObserveCsr command)
    {
        if (ObserveShape.Check(command) is { } wrong)
        {
            return Draft.Refuse(wrong);
        }

        var known = draft.State.Csrs.Find(command.Csr.Csr);
        if (known is null || known.Uid != command.Csr.CsrUid)
        {
            var node = draft.State.Nodes.Find(command.Csr.Node);
            var hold = command.Decision == CsrDecision.Issued ? HoldRules.Check(draft, command, node) : null;
            return command.Decision == CsrDecision.Issued && CheckRoom(draft, node, hold) is { } full
                ? Draft.Refuse(full)
                : Write(draft, command, known, hold);
        }

        return IsRepeat(command, known) ? draft.Answer(known.View()) : Contradict(draft, command, known);
    }

    private static Refusal? CheckRoom(Draft draft, NodeState? node, Hold? hold)
    {
        if (node is null)
        {
            return null;
        }

        return hold is null ? CertificateRules.CheckRoom(draft, node) : HoldRules.CheckRoom(draft, node);
    }

    private static bool IsRepeat(ObserveCsr command, CsrState known) => command.Decision switch
    {
        // A certificate that was on record otherwise leaves its request approved, and without one.
        CsrDecision.Issued => known.Decision is CsrDecision.Issued or CsrDecision.Approved
            && (known.Certificate is null || known.Certificate == command.Certificate!.Certificate),
        _ => known.Decision == command.Decision || known.Decision == CsrDecision.Contradicted,
    } || known.Decision == CsrDecision.Contradicted;

    /// <summary>A decided request never changes; when it does, somebody writes what the API does not allow.</summary>
    private static Decision Contradict(Draft draft, ObserveCsr command, CsrState known)
    {
        var code = command.Decision == CsrDecision.Contradicted ? command.Code! : "csr_contradictory";
        var contradicted = new CsrContradicted(known.Name, code);
        var position = draft.Add(contradicted, known.LastPosition);
        if (known.Certificate is { } hash && draft.State.Certificates.Find(hash) is { IsOver: false } certificate)
        {
            var node = certificate.Node.Name;
            _ = draft.AddOnNode(new CertificateDenied(node, hash, null, null, null, null), node); // Nobody asks where.
        }

        Alarm(draft, AlarmKind.CsrContradicted, command);
        return draft.Answer(known.View() with
        {
            Decision = CsrDecision.Contradicted,
            Rule = code,
            DecisionPosition = position,
        });
    }

    private static Decision Write(Draft draft, ObserveCsr command, CsrState? before, Hold? hold)
    {
        var request = command.Csr;
        var observed = new CsrObserved(
            request.Csr, request.CsrUid, request.Signer, request.Requester, request.Node, request.Key,
            request.Request, null, request.Credential);
        var filed = draft.Add(observed, before?.LastPosition);
        LedgerEvent decided = command.Decision switch
        {
            CsrDecision.Issued => new CsrApproved(request.Csr, Cluster, null, command.Code),
            CsrDecision.Denied => new CsrDenied(request.Csr, Cluster, null),
            CsrDecision.Failed => new CsrFailed(request.Csr),
            _ => new CsrContradicted(request.Csr, command.Code!),
        };
        var position = draft.Add(decided, filed);
        var rule = command.Decision switch
        {
            CsrDecision.Contradicted => command.Code,
            CsrDecision.Failed => null,
            _ => Cluster,
        };
        var view = CsrState.ViewAs(observed, command.Decision, rule, command.Actor, position);
        if (command.Decision == CsrDecision.Contradicted)
        {
            Alarm(draft, AlarmKind.CsrContradicted, command);
        }

        return command.Decision == CsrDecision.Issued
            ? draft.Answer(view with { Certificate = Witness(draft, command, hold, ref view) })
            : draft.Answer(view);
    }

    private static Names.CertificateHash? Witness(Draft draft, ObserveCsr command, Hold? hold, ref CsrView view)
    {
        var (request, seen) = (command.Csr, command.Certificate!);
        if (draft.State.Certificates.Find(seen.Certificate) is not null)
        {
            // Adopted, or witnessed through an earlier life of the object: once is enough.
            view = view with { Decision = CsrDecision.Approved };
            return null;
        }

        var node = draft.State.Nodes.Find(request.Node);
        if (hold is { Alarm: { } alarm })
        {
            Alarm(draft, alarm, command);
        }

        var uid = node?.Uid ?? Admit(draft, command);
        if (hold is null && node is not null && node.Next.Count >= CertificateRules.NextMax)
        {
            Retire(draft, node.Next[0]);
        }

        // What begins a chain has no link to anything before.
        var custody = request.ByNode && request.Credential is { } link
            && draft.State.Certificates.Find(link) is not null;
        var witnessed = new CertificateWitnessed(
            seen.Certificate, request.Csr, request.Node, uid, seen.Key, seen.Serial, seen.Issuer,
            seen.NotBefore, seen.NotAfter,
            custody && hold is null ? Assurance.WitnessedCustody : Assurance.Witnessed,
            request.Requested,
            hold?.Code);
        _ = draft.AddOnNode(witnessed, request.Node); // The answer is about the request.
        return seen.Certificate;
    }

    private static Names.NodeUid Admit(Draft draft, ObserveCsr command)
    {
        // A kubelet asks for its certificate before it makes its Node: until then the CSR's UID stands in.
        var isProvisional = command.NodeObject is null;
        var uid = command.NodeObject?.Uid ?? Names.NodeUid.Parse(command.Csr.CsrUid);
        var admitted = new NodeAdmitted(command.Csr.Node, uid, isProvisional);
        _ = draft.AddOnNode(admitted, command.Csr.Node); // The answer is about the request.
        return uid;
    }

    private static void Retire(Draft draft, CertificateState certificate) => _ = draft.AddOnNode(
        new CertificateRetired(certificate.Node.Name, certificate.Hash), certificate.Node.Name); // Nobody asks where.

    private static void Alarm(Draft draft, AlarmKind kind, ObserveCsr command)
    {
        var alarm = new AlarmRaised(
            kind, command.Csr.Node, command.Certificate?.Certificate, command.Csr.Key);
        if (!draft.State.Alarms.WasRaised(alarm))
        {
            _ = draft.AddOnNode(alarm, alarm.Node); // The answer is about the request.
        }
    }
}
