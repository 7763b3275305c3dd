namespace Broker.Contracts.Problems;

/// <summary>Refusals about who the caller is.</summary>
internal static class IdentityProblems
{
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        new("unwitnessed", 403,
            "No approved signing request accounts for this certificate.",
            "File a signing request with a bootstrap token and use the certificate that comes of it; an "
            + "operator sees an alarm."),
        new("superseded", 403,
            "A newer certificate of this node is in use.",
            "Use the newest certificate. If you did not renew, somebody else holds this node's identity: tell "
            + "an operator."),
        new("node_fenced", 403, "The node is fenced.", "An operator must readmit it: POST /v1/nodes/NAME/readmit."),
        new("node_quarantined", 403,
            "The node is quarantined: it may renew and release, but gets no new grants.",
            "An operator must readmit it: POST /v1/nodes/NAME/readmit."),
        new("node_retired", 403,
            "The node was retired.",
            "Enrol it again with a new bootstrap token; an operator must approve."),
        new("subject_mismatch", 403,
            "The request is in the name of another node than its certificate.",
            "Ask with the certificate of the node that is meant."),
        new("node_uid_changed", 403,
            "The node was re-created since this certificate was issued.",
            "Enrol again, so that a certificate for the new Node is witnessed."),
        new("certificate_expired", 403,
            "The certificate has expired.",
            "File a new signing request with a bootstrap token; an operator must approve it."),
        new("certificate_denied", 403,
            "The certificate, its key or its serial number was denied by an operator.",
            "Have a certificate issued for a new key, once it is known why this one was denied."),
        new("held", 403,
            "The certificate is on hold: something about how it was issued is for an operator to decide.",
            "An operator adopts or denies it: POST /v1/nodes/NAME/adopt or /v1/nodes/NAME/deny."),
        new("node_unregistered", 403,
            "There is no Node object of this name yet: no grants.",
            "Wait until the kubelet has registered its Node, then ask again."),
        new("token_invalid", 401,
            "The bootstrap token is unknown, or its secret is wrong.",
            "Ask an operator for a token: POST /v1/tokens."),
        new("token_expired", 401,
            "The bootstrap token has expired.",
            "Ask an operator for a new token: POST /v1/tokens."),
        new("token_used", 401,
            "The bootstrap token was for one use and was used.",
            "Ask an operator for a new token: POST /v1/tokens."),
        new("token_revoked", 401,
            "The bootstrap token was revoked.",
            "Ask an operator for a new token: POST /v1/tokens."),
        new("token_node_mismatch", 403,
            "The bootstrap token is for other nodes.",
            "Ask an operator for a token that names this node."),
    ];
}
