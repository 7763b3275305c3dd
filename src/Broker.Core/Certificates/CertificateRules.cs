using Broker.Core.Commands;
using Broker.Core.Csrs;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Nodes;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Certificates;

/// <summary>Decides on certificates: witnessed, promoted, retired.</summary>
internal static class CertificateRules
{
    /// <summary>Most certificates that a node may have waiting for their first use.</summary>
    public const int NextMax = 16;

    /// <summary>
    /// Most remembered certificates of a node at which a rule still approves a renewal. Those that are retired and
    /// expired long enough do not count, so that a node gets out again by waiting; an operator may always approve.
    /// </summary>
    public const int RememberedMax = 64;

    /// <summary>Most certificates retired by one command, so that its events fit one batch.</summary>
    public const int RetiredMax = 128;

    public static Decision Witness(Draft draft, WitnessCertificate command)
    {
        if (CheckShape(command) is { } wrong)
        {
            return Draft.Refuse(wrong);
        }

        var state = draft.State;
        var csr = state.Csrs.Find(command.Csr);
        if (csr is not null && csr.Key != command.Key)
        {
            return Draft.Refuse(RefusalCode.Unwitnessed, $"Request {command.Csr} was approved for another key.");
        }

        if (state.Certificates.Find(command.Certificate) is { } known)
        {
            return known.WasWitnessedAs(EventOf(command, known.Node.Name, known.Uid))
                ? draft.Answer(known.View())
                : Draft.Refuse(RefusalCode.Conflict, "The certificate was witnessed with other content.");
        }

        if (csr is null)
        {
            return Draft.Refuse(RefusalCode.CsrUnknown, $"There is no decided request {command.Csr}.");
        }

        var node = state.Nodes.Find(csr.Node);
        return CheckState(draft, command, csr, node) is { } refused
            ? Draft.Refuse(refused)
            : Write(draft, command, csr, node);
    }

    public static Decision Promote(Draft draft, PromoteCertificate command)
    {
        if (CallerRules.Check(draft, command.Caller, grants: false) is { } refused)
        {
            return Draft.Refuse(refused);
        }

        CallerRules.Use(draft, command.Caller);
        var view = draft.State.Certificates.Find(command.Caller.Certificate)!.View();
        return draft.Answer(view.Slot == CertificateSlot.Next ? view with { Slot = CertificateSlot.Current } : view);
    }

    /// <summary>
    /// Retires what is superseded and whose grace is over, by ledger time. Nothing is retired by date: a wall clock
    /// that is ahead for a moment would end identities for good. What has expired is refused by date as long as the
    /// clock says so, and stays its node's until a newer one is used.
    /// </summary>
    public static Decision Retire(Draft draft)
    {
        foreach (var certificate in draft.State.Certificates.Grace)
        {
            if (certificate.GraceUntil > draft.Now || draft.Count >= RetiredMax)
            {
                break;
            }

            Write(draft, certificate);
        }

        return draft.Answer(draft.State.View() with { Size = draft.State.Size + draft.Count });
    }

    /// <summary>Whether a node has room for one more certificate by renewal.</summary>
    public static Refusal? CheckRoom(Draft draft, NodeState node)
    {
        var count = 0;
        foreach (var certificate in node.Certificates)
        {
            count += certificate.IsForgettable(draft.At) || certificate.Slot == CertificateSlot.Held ? 0 : 1;
        }

        return count >= RememberedMax
            ? new Refusal(
                RefusalCode.LedgerLimit,
                $"Node {node.Name} has {count} certificates that are not expired; at most {RememberedMax}.")
            : null;
    }

    private static Refusal? CheckShape(WitnessCertificate command)
    {
        if (command.Certificate.Value is null || command.Csr.Value is null || command.Key.Value is null
            || command.Issuer.Value is null || command.NewNodeUid.Value is null)
        {
            return Invalid("certificate, csr, key, issuer, newNodeUid: all are needed.");
        }

        if (command.Serial.Length is 0 or > 40 || !NameRules.IsLowerHex(command.Serial, command.Serial.Length))
        {
            return Invalid("serial: 1 to 40 lower-case hexadecimal digits.");
        }

        return command.NotBefore > command.NotAfter ? Invalid("notAfter: before notBefore.") : null;
    }

    private static Refusal? CheckState(Draft draft, WitnessCertificate command, CsrState csr, NodeState? node)
    {
        if (csr.Decision != CsrDecision.Approved)
        {
            return new Refusal(RefusalCode.CsrDecided, $"Request {csr.Name} is {csr.Decision}, not to be issued.");
        }

        // Whatever its standing is now: a name that was readmitted is another node than the one that asked.
        if (node is not null && node.RetiredAt > csr.DecisionPosition)
        {
            return new Refusal(RefusalCode.NodeRetired, $"Node {node.Name} was retired after request {csr.Name}.");
        }

        if (node is not null && node.PromotedDecision > csr.DecisionPosition)
        {
            return new Refusal(
                RefusalCode.Superseded, $"Node {node.Name} uses the certificate of a newer request than {csr.Name}.");
        }

        if (draft.State.Csrs.IsKeyOfAnother(command.Key, csr.Node))
        {
            return new Refusal(RefusalCode.KeyReuse, "The public key is known under another node name.");
        }

        return IsAdmission(node) && draft.State.Nodes.Find(command.NewNodeUid) is not null
            ? new Refusal(RefusalCode.Exists, $"Node UID {command.NewNodeUid} was given already.")
            : null;
    }

    private static Decision Write(Draft draft, WitnessCertificate command, CsrState csr, NodeState? node)
    {
        var uid = IsAdmission(node) ? command.NewNodeUid : node!.Uid;
        if (IsAdmission(node))
        {
            _ = draft.AddOnNode(new NodeAdmitted(csr.Node, uid), csr.Node); // The answer is about the certificate.
        }
        else if (node!.Next.Count >= NextMax)
        {
            Write(draft, node.Next[0]);
        }

        var witnessed = EventOf(command, csr.Node, uid);
        var position = draft.AddOnNode(witnessed, csr.Node);
        return draft.Answer(CertificateState.ViewAs(witnessed, CertificateSlot.Next, position));
    }

    private static bool IsAdmission(NodeState? node) => node is null or { Standing: Standing.Retired };

    private static void Write(Draft draft, CertificateState certificate)
    {
        var retired = new CertificateRetired(certificate.Node.Name, certificate.Hash);
        _ = draft.AddOnNode(retired, certificate.Node.Name); // Nobody asks where.
    }

    private static CertificateWitnessed EventOf(WitnessCertificate command, NodeName node, NodeUid uid) => new(
        command.Certificate,
        command.Csr,
        node,
        uid,
        command.Key,
        command.Serial,
        command.Issuer,
        command.NotBefore,
        command.NotAfter);

    private static Refusal Invalid(string detail) => new(RefusalCode.InvalidField, detail);
}
