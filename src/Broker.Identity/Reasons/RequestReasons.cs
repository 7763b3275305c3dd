namespace Broker.Identity.Reasons;

/// <summary>The reasons that come from the record of a cluster's signing requests.</summary>
internal static class RequestReasons
{
    private const string AskAgain =
        "Have the node ask for a new certificate; find out who approved or signed this one.";

    public static IdentityReason[] All { get; } =
    [
        new(
            ReasonCodes.SignerMismatch,
            "The request names a signer that does not make node identities here.",
            "Ask through one of the signers that the broker's settings name."),
        new(
            ReasonCodes.CsrDenied,
            "The request for this key was denied.",
            "Find out why it was denied; make a new key to ask again."),
        new(
            ReasonCodes.CsrFailed,
            "The signer refused the request for this key.",
            "Read the request's condition Failed; make a new key to ask again."),
        new(
            ReasonCodes.CsrContradictory,
            "The request is approved and denied, or has a certificate although it was refused.",
            AskAgain),
        new(
            ReasonCodes.SignedWithoutApproval,
            "A certificate was written into a request that nobody approved.",
            AskAgain),
        new(
            ReasonCodes.KeySubstituted,
            "The certificate has another key than the request.",
            AskAgain),
        new(
            ReasonCodes.SubjectSubstituted,
            "The certificate is of another subject than the request.",
            AskAgain),
        new(
            ReasonCodes.UsageSubstituted,
            "The certificate has other usages than the request.",
            AskAgain),
        new(
            ReasonCodes.CsrUsages,
            "The request asks for usages that a node's client certificate does not have.",
            "Ask for digital signature and client auth, with RSA keys also key encipherment."),
        new(
            ReasonCodes.SignerIgnoredLifetime,
            "The certificate lives longer than the request asked for.",
            "An operator adopts it, or has it issued anew: POST /v1/nodes/NAME/adopt."),
        new(
            ReasonCodes.RequesterMismatch,
            "A node asked for the certificate of another node.",
            "Look at the node that asked; it does what no kubelet does."),
        new(
            ReasonCodes.RequesterGroup,
            "Who asked has the name of a node or bootstrap identity but not its group.",
            "Look at the cluster's authentication: somebody takes such names without being one."),
        new(
            ReasonCodes.RequesterNotAllowed,
            "Who asked is neither a node nor a bootstrap identity nor named in the settings.",
            "Name the requester in kubernetes:requesters if it may ask for nodes."),
        new(
            ReasonCodes.CustodyBroken,
            "The certificate was asked for with one that is not the node's on record.",
            "See who used the other certificate; an operator adopts the new one: POST /v1/nodes/NAME/adopt."),
        new(
            ReasonCodes.EvidenceGap,
            "The certificate was issued while the broker did not watch the cluster's requests.",
            "Have the node renew it, or let an operator adopt it: POST /v1/nodes/NAME/adopt."),
        new(
            ReasonCodes.Held,
            "The certificate is on hold: it was issued, but something about it is for an operator to decide.",
            "An operator adopts or denies it: POST /v1/nodes/NAME/adopt or /deny."),
        new(
            ReasonCodes.CertificateDenied,
            "The certificate, its key or its serial number was denied by an operator.",
            "Have a certificate issued for a new key, once it is known why this one was denied."),
    ];
}
