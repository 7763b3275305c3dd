namespace Broker.Kubernetes.Witness;

/// <summary>
/// The node that a requester's token is bound to, as the API server wrote it down: since 1.32 a service account token
/// of a pod says on which Node, by name and UID, that pod runs.
/// </summary>
/// <param name="Name">The node's name; empty when it is not said once and only once.</param>
/// <param name="Uid">The Node's UID; null where it is not said.</param>
public sealed record BoundNode(string Name, string? Uid)
{
    /// <summary>The keys of <c>spec.extra</c>. Source: Kubernetes, pkg/serviceaccount/claims.go.</summary>
    public const string NameKey = "authentication.kubernetes.io/node-name";

    /// <inheritdoc cref="NameKey"/>
    public const string UidKey = "authentication.kubernetes.io/node-uid";

    /// <summary>Null for a requester that is bound to no node.</summary>
    public static BoundNode? Of(IReadOnlyDictionary<string, IReadOnlyList<string>> extra) =>
        extra.TryGetValue(NameKey, out var names)
            ? new BoundNode(
                names is [var name] ? name : string.Empty,
                extra.TryGetValue(UidKey, out var uids) ? uids is [var uid] ? uid : string.Empty : null)
            : null;
}
