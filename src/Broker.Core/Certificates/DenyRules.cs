using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Nodes;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Certificates;

/// <summary>Decides that a certificate, key or serial number is never accepted again.</summary>
internal static class DenyRules
{
    public static Decision Deny(Draft draft, DenyCertificate command)
    {
        var given = (command.Certificate is null ? 0 : 1) + (command.Key is null ? 0 : 1)
            + (command.Issuer is null && command.Serial is null ? 0 : 1);
        if (given > 1 || command.Issuer is null != command.Serial is null
            || (command.Serial is { } serial && !ObservedShape.IsSerial(serial)))
        {
            return Draft.Refuse(
                RefusalCode.InvalidField, "certificate, key, or issuer with serial: one of them, or none for all.");
        }

        if (draft.State.Nodes.Find(command.Node) is not { } node)
        {
            return Draft.Refuse(RefusalCode.NodeUnknown, $"There is no node {command.Node}.");
        }

        if (command.SeenUid is { } seen && seen != node.Uid)
        {
            return Draft.Refuse(RefusalCode.Conflict, $"Node {node.Name} has UID {node.Uid} by now, not {seen}.");
        }

        var denials = draft.State.Certificates.Denials;
        var events = Events(command, node, given == 0);
        _ = events.RemoveAll(denials.Has); // How many there were before does not matter.
        if (denials.Count + events.Count > DenialsState.DenialsMax)
        {
            return Draft.Refuse(
                RefusalCode.LedgerLimit, $"A ledger takes at most {DenialsState.DenialsMax} denials.");
        }

        foreach (var denied in events)
        {
            _ = draft.AddOnNode(denied, node.Name); // The view keeps the position of the admission.
        }

        return draft.Answer(ViewAfter(node, events));
    }

    private static List<CertificateDenied> Events(DenyCertificate command, NodeState node, bool all)
    {
        if (!all)
        {
            return
            [
                new(node.Name, command.Certificate, command.Key, command.Issuer, command.Serial, command.Reason),
            ];
        }

        // By key: an altered signature makes another hash of the same certificate.
        var keys = new HashSet<KeyHash>();
        var events = new List<CertificateDenied>();
        foreach (var certificate in node.Certificates)
        {
            if (!certificate.IsOver && keys.Add(certificate.Key))
            {
                events.Add(new(node.Name, null, certificate.Key, null, null, command.Reason));
            }
        }

        return events;
    }

    private static NodeView ViewAfter(NodeState node, List<CertificateDenied> events)
    {
        var denials = new DenialsState();
        events.ForEach(denials.Add);
        bool Hits(CertificateState c) => denials.Hits(c.Hash, c.Key, c.Issuer, c.Serial);
        var view = node.View();
        return view with
        {
            Current = node.Current is { } current && Hits(current) ? null : view.Current,
            Next = [.. node.Next.Where(next => !Hits(next)).Select(next => next.Hash)],
        };
    }
}
