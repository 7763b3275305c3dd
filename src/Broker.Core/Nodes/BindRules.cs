using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Views;

namespace Broker.Core.Nodes;

/// <summary>Decides what a Node object that comes, changes its UID or goes means for the name.</summary>
internal static class BindRules
{
    /// <summary>The rule of a fence because the Node object is gone.</summary>
    public const string Deleted = "node_deleted";

    /// <summary>The rule of a fence because the Node object is another one.</summary>
    public const string UidChanged = "node_uid_changed";

    public static Decision Bind(Draft draft, BindNode command)
    {
        var seen = command.NodeObject;
        if (draft.State.Nodes.Find(seen.Name) is not { } node || node.Standing == Standing.Retired
            || node.Uid == seen.Uid || draft.State.Nodes.Find(seen.Uid) is not null)
        {
            return Recorded(draft);
        }

        if (!node.IsProvisional && node.Standing != Standing.Fenced)
        {
            var fenced = new NodeFenced(node.Name, node.Uid, null, UidChanged);
            _ = draft.AddOnNode(fenced, node.Name); // Nobody asks where.
        }

        if (MayRebind(node, command))
        {
            var rebound = new NodeRebound(node.Name, seen.Uid, node.Uid, seen.Created);
            _ = draft.AddOnNode(rebound, node.Name); // Nobody asks where.
            if (draft.Count > 1 || node.FenceRule is not null)
            {
                LedgerEvent lifted = node.WasQuarantined || node.Standing == Standing.Quarantined
                    ? new NodeQuarantined(node.Name, seen.Uid, null)
                    : new NodeReadmitted(node.Name, seen.Uid, null);
                _ = draft.AddOnNode(lifted, node.Name); // Nobody asks where.
            }
        }

        return Recorded(draft);
    }

    public static Decision Lose(Draft draft, LoseNode command)
    {
        if (draft.State.Nodes.Find(command.Node) is { Standing: Standing.Active or Standing.Quarantined } node
            && node.Uid == command.Uid && !node.IsProvisional)
        {
            _ = draft.AddOnNode(new NodeFenced(node.Name, node.Uid, null, Deleted), node.Name); // Nobody asks where.
        }

        return Recorded(draft);
    }

    // What is held under the old UID stays where it is until it was released or reclaimed with evidence.
    private static bool MayRebind(NodeState node, BindNode command) => node.IsProvisional
        || (node.BlocksLive == 0
            && node.Certificates.Exists(c => c.IsUsable && c.Requested >= command.NodeObject.Created));

    private static Decision Recorded(Draft draft) =>
        draft.Answer(draft.State.View() with { Size = draft.State.Size + draft.Count });
}
