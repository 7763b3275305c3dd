using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Nodes;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Certificates;

/// <summary>Decides to take over a certificate that no request accounts for, or to let one off its hold.</summary>
internal static class AdoptRules
{
    public static Decision Adopt(Draft draft, AdoptCertificate command)
    {
        if (ObservedShape.Check(command.Certificate) is { } wrong)
        {
            return Draft.Refuse(wrong);
        }

        var state = draft.State;
        var seen = command.Certificate;
        if (state.Certificates.Denials.Hits(seen.Certificate, seen.Key, seen.Issuer, seen.Serial))
        {
            return Draft.Refuse(RefusalCode.CertificateDenied, "The certificate was denied by an operator.");
        }

        var node = state.Nodes.Find(command.Node);
        if (command.SeenUid is { } uid && node is not null && uid != node.Uid)
        {
            return Draft.Refuse(RefusalCode.Conflict, $"Node {node.Name} has UID {node.Uid} by now, not {uid}.");
        }

        if (state.Certificates.Find(seen.Certificate) is { } known)
        {
            return AdoptKnown(draft, command, known);
        }

        return CheckNew(draft, command, node) is { } refused ? Draft.Refuse(refused) : Write(draft, command, node);
    }

    private static Decision AdoptKnown(Draft draft, AdoptCertificate command, CertificateState known)
    {
        if (known.Node.Name != command.Node)
        {
            return Draft.Refuse(
                RefusalCode.SubjectMismatch, $"The certificate is of node {known.Node.Name}, not of {command.Node}.");
        }

        if (known.IsUsable)
        {
            return draft.Answer(known.View());
        }

        return known.Slot == CertificateSlot.Held && command.Actor.Role == ActorRole.Operator
            ? Write(draft, command, known.Node)
            : Draft.Refuse(
                known.Slot == CertificateSlot.Held ? RefusalCode.Held : RefusalCode.Superseded,
                $"The certificate is {(known.Slot == CertificateSlot.Held ? "on hold" : "retired")}.");
    }

    private static Refusal? CheckNew(Draft draft, AdoptCertificate command, NodeState? node)
    {
        if (draft.State.Csrs.IsKeyOfAnother(command.Certificate.Key, command.Node))
        {
            return new Refusal(RefusalCode.KeyReuse, "The public key is known under another node name.");
        }

        // A thief's certificate on hold keeps no machine from being taken over at first sight.
        var isFirst = command.NodeObject is { } found
            && (node is null || (node.Standing == Standing.Active && !node.HasIdentity && node.Uid == found.Uid));
        if (command.Actor.Role != ActorRole.Operator && !isFirst)
        {
            return new Refusal(
                RefusalCode.Unwitnessed, $"Node {command.Node} has an identity, or no Node object: nothing to adopt.");
        }

        return IsAdmission(node) && command.NodeObject is null
            ? new Refusal(RefusalCode.NodeUnregistered, $"There is no Node object '{command.Node}'.")
            : null;
    }

    private static Decision Write(Draft draft, AdoptCertificate command, NodeState? node)
    {
        var uid = node?.Uid;
        if (IsAdmission(node))
        {
            if (command.NodeObject is not { } found)
            {
                return Draft.Refuse(RefusalCode.NodeUnregistered, $"There is no Node object '{command.Node}'.");
            }

            uid = found.Uid;
            _ = draft.AddOnNode(new NodeAdmitted(command.Node, found.Uid), command.Node); // The answer is another's.
        }
        else if (node!.Next.Count >= CertificateRules.NextMax)
        {
            _ = draft.AddOnNode(new CertificateRetired(node.Name, node.Next[0].Hash), node.Name); // Nobody asks where.
        }

        var adopted = EventOf(command, uid!.Value);
        var position = draft.AddOnNode(adopted, command.Node);
        var known = draft.State.Certificates.Find(adopted.Certificate);
        return draft.Answer(known is null
            ? CertificateState.ViewAs(
                CertificateState.AsWitnessed(adopted, draft.At), CertificateSlot.Next, position)
            : known.View() with { Slot = CertificateSlot.Next, Uid = uid.Value, Assurance = Assurance.Adopted });
    }

    private static CertificateAdopted EventOf(AdoptCertificate command, NodeUid uid) => new(
        command.Certificate.Certificate,
        command.Node,
        uid,
        command.Certificate.Key,
        command.Certificate.Serial,
        command.Certificate.Issuer,
        command.Certificate.NotBefore,
        command.Certificate.NotAfter,
        command.Reason);

    private static bool IsAdmission(NodeState? node) => node is null or { Standing: Standing.Retired };
}
