using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Nodes;

/// <summary>Decides changes of standing.</summary>
internal static class StandingRules
{
    public static Decision Change(Draft draft, ChangeStanding command)
    {
        if (!Enum.IsDefined(command.Standing))
        {
            return Draft.Refuse(RefusalCode.InvalidField, "standing: not a standing.");
        }

        if (draft.State.Nodes.Find(command.Node) is not { } node)
        {
            return Draft.Refuse(RefusalCode.NodeUnknown, $"There is no node {command.Node}.");
        }

        if (command.SeenUid is { } seen && seen != node.Uid)
        {
            return Draft.Refuse(RefusalCode.Conflict, $"Node {node.Name} has UID {node.Uid} by now, not {seen}.");
        }

        // An operator's fence stays; one that a rule made is lifted by what the rule waits for.
        var takesOver = command.Standing == Standing.Fenced && node.FenceRule is not null;
        if (node.Standing == command.Standing && !takesOver)
        {
            return draft.Answer(node.View());
        }

        if (node.Standing == Standing.Retired)
        {
            return Draft.Refuse(RefusalCode.NodeRetired, $"Node {node.Name} was retired for good.");
        }

        if (command.Standing == Standing.Retired && node.BlocksLive > 0)
        {
            return Draft.Refuse(RefusalCode.NodeInUse, $"Node {node.Name} holds {node.BlocksLive} blocks still.");
        }

        _ = draft.AddOnNode(EventOf(command, node.Uid), node.Name); // The view keeps the position of the admission.
        var view = node.View() with { Standing = command.Standing };
        return draft.Answer(command.Standing == Standing.Retired ? view with { Current = null, Next = [] } : view);
    }

    private static LedgerEvent EventOf(ChangeStanding command, NodeUid uid) => command.Standing switch
    {
        Standing.Active => new NodeReadmitted(command.Node, uid, command.Reason),
        Standing.Quarantined => new NodeQuarantined(command.Node, uid, command.Reason),
        Standing.Fenced => new NodeFenced(command.Node, uid, command.Reason),
        _ => new NodeRetired(command.Node, uid, command.Reason),
    };
}
