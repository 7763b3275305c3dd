using Broker.Core.Names;
using Broker.Identity.Reasons;
using Broker.Kubernetes.Csrs;

namespace Broker.Kubernetes.Witness;

/// <summary>
/// Who may ask for a node's certificate. Clusters before 1.31 let any node ask for any name, and a user name alone
/// is easily had from an OIDC provider: name and group must agree.
/// </summary>
internal static class RequesterRules
{
    private const string NodePrefix = "system:node:";
    private const string NodesGroup = "system:nodes";
    private const string BootstrapPrefix = "system:bootstrap:";

    public static (RequesterKind Kind, IdentityRefusal? Refusal) Check(
        ObservedRequester requester, NodeName node, WitnessSettings settings)
    {
        var user = requester.Username;
        if (settings.Requesters.Contains(user))
        {
            return CheckListed(requester, node);
        }

        if (user.StartsWith(NodePrefix, StringComparison.Ordinal))
        {
            return (RequesterKind.Node, CheckNode(requester, node));
        }

        if (user.StartsWith(BootstrapPrefix, StringComparison.Ordinal))
        {
            return (RequesterKind.Bootstrap, CheckGroup(requester, settings.BootstrapGroup));
        }

        return (RequesterKind.Listed, new IdentityRefusal(
            ReasonCodes.RequesterNotAllowed, $"'{user}' asked for a certificate of node '{node}'."));
    }

    private static (RequesterKind Kind, IdentityRefusal? Refusal) CheckListed(
        ObservedRequester requester, NodeName node)
    {
        // A token that is bound to a pod says where that runs; one that is not says nothing about any node.
        if (BoundNode.Of(requester.Extra) is not { } bound)
        {
            return (RequesterKind.Listed, null);
        }

        return bound.Name == node.Value
            ? (RequesterKind.Bound, null)
            : (RequesterKind.Bound, new IdentityRefusal(
                ReasonCodes.RequesterMismatch,
                $"'{requester.Username}' runs on node '{bound.Name}' and asked for a certificate of node '{node}'."));
    }

    private static IdentityRefusal? CheckNode(ObservedRequester requester, NodeName node) =>
        requester.Username[NodePrefix.Length..] != node.Value
            ? new IdentityRefusal(
                ReasonCodes.RequesterMismatch, $"'{requester.Username}' asked for a certificate of node '{node}'.")
            : CheckGroup(requester, NodesGroup);

    private static IdentityRefusal? CheckGroup(ObservedRequester requester, string group) =>
        requester.Groups.Contains(group, StringComparer.Ordinal)
            ? null
            : new IdentityRefusal(
                ReasonCodes.RequesterGroup, $"'{requester.Username}' is not in the group '{group}'.");
}
