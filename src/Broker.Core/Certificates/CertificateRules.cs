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

    /// <summary>Most certificates retired by one command, so that its events fit one batch.</summary>
    public const int RetiredMax = 1_000;

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

        foreach (var certificate in draft.State.Certificates.LiveByExpiry)
        {
            if (certificate.NotAfter >= draft.Wall || draft.Count >= RetiredMax)
            {
                break;
            }

            if (certificate.Slot != CertificateSlot.Grace || certificate.GraceUntil > draft.Now)
            {
                Write(draft, certificate);
            }
        }

        return draft.Answer(draft.State.View() with { Size = draft.State.Size + draft.Count });
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

        if (node is { Standing: Standing.Retired } && node.RetiredAt > csr.DecisionPosition)
        {
            return new Refusal(RefusalCode.NodeRetired, $"Node {node.Name} was retired after request {csr.Name}.");
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
