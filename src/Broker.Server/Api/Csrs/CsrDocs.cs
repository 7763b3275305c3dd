using Broker.Contracts.Csrs;
using Broker.Server.Api.OpenApi;

namespace Broker.Server.Api.Csrs;

/// <summary>What the description of the surface says of signing requests.</summary>
internal static class CsrDocs
{
    private static readonly string[] decided = ["csr_unknown", "csr_decided", "conflict", "key_reuse", "name_takeover"];

    public static EndpointAbout Enrol { get; } = new(
        "enrol", "Files a signing request with a bootstrap token, or asks how the same one stands.")
    {
        Takes = typeof(EnrolRequest),
        Gives = typeof(EnrolResponse),
        Problems =
        [
            "token_invalid", "token_expired", "token_used", "token_revoked", "token_node_mismatch", "csr_decided",
            "key_reuse", "name_takeover", "ledger_limit", "node_retired",
        ],
        ExaminesCsr = true,
    };

    public static EndpointAbout Renew { get; } = new(
        "renew", "Files a signing request for a further certificate of the same node, or asks how it stands.")
    {
        Takes = typeof(EnrolRequest),
        Gives = typeof(EnrolResponse),
        Problems = ["subject_mismatch", "csr_decided", "key_reuse", "name_takeover", "ledger_limit"],
        ExaminesCsr = true,
    };

    public static EndpointAbout List { get; } = new("listCsrs", "Lists the signing requests, pending ones first.")
    {
        Gives = typeof(CsrList),
    };

    public static EndpointAbout Approve { get; } = new(
        "approveCsr", "Approves a pending signing request and signs it.")
    {
        Takes = typeof(DecisionRequest),
        BodyOptional = true,
        Query = [DryRun.Described],
        Gives = typeof(CsrInfo),
        Problems = decided,
    };

    public static EndpointAbout Deny { get; } = new("denyCsr", "Denies a pending signing request.")
    {
        Takes = typeof(DecisionRequest),
        BodyOptional = true,
        Query = [DryRun.Described],
        Gives = typeof(CsrInfo),
        Problems = decided,
    };
}
