using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Nodes;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Csrs;

/// <summary>Whether a certificate that the cluster issued waits for an operator.</summary>
internal static class HoldRules
{
    /// <summary>
    /// Most certificates of a node on hold: who holds a bootstrap token can have any number issued for its name.
    /// </summary>
    public const int HeldMax = 16;

    public static Hold? Check(Draft draft, ObserveCsr command, NodeState? node)
    {
        if (command.Hold is { } code)
        {
            return new Hold(code, code == "custody_broken" ? AlarmKind.CustodyBroken : null);
        }

        var (seen, request) = (command.Certificate!, command.Csr);
        if (draft.State.Certificates.Denials.Hits(seen.Certificate, seen.Key, seen.Issuer, seen.Serial))
        {
            return new Hold("certificate_denied", null);
        }

        // Its own approval is not applied yet, so whoever is known by the key here is another request's node.
        if (draft.State.Csrs.IsKeyOfAnother(request.Key, request.Node))
        {
            return new Hold("key_reuse", AlarmKind.KeyReuse);
        }

        return request.ByNode ? CheckCustody(draft, request, node) : CheckTakeover(draft, command, node);
    }

    /// <summary>Whether a node has room for one more on hold; beyond it they are as good as unwitnessed.</summary>
    public static Refusal? CheckRoom(Draft draft, NodeState node)
    {
        var held = node.Certificates.FindAll(c => c.Slot == CertificateSlot.Held && c.NotAfter > draft.Wall);
        return held.Count >= HeldMax
            ? new Refusal(
                RefusalCode.LedgerLimit, $"Node {node.Name} has {held.Count} certificates on hold; at most {HeldMax}.")
            : null;
    }

    private static Hold? CheckCustody(Draft draft, ObservedRequest request, NodeState? node)
    {
        if (!request.HasCredential || (request.BeginsChain && node is not { HasIdentity: true }))
        {
            return null;
        }

        return request.Credential is { } hash && draft.State.Certificates.Find(hash) is { IsUsable: true } used
            && used.Node.Name == request.Node
                ? null
                : new Hold("custody_broken", AlarmKind.CustodyBroken);
    }

    private static Hold? CheckTakeover(Draft draft, ObserveCsr command, NodeState? node)
    {
        // The Node of a machine that just joined is younger than its request; an older one is somebody's.
        var isTaken = command.NodeObject is { } found && found.Created < command.Csr.Requested;
        if (!isTaken && node is not null)
        {
            isTaken = node.Standing is Standing.Retired or Standing.Fenced
                || node.Certificates.Exists(c => c.IsUsable && c.NotAfter > draft.Wall);
        }

        return isTaken ? new Hold("name_takeover", AlarmKind.NameTakeover) : null;
    }
}
