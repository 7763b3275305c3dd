namespace Broker.Contracts.Problems;

/// <summary>What can be wrong with a request before anything is decided.</summary>
internal static class RequestProblems
{
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        new("not_found", 404,
            "There is no such resource.",
            "Check the path and the listener: nodes, people and enrolment have one each."),
        new("method_not_allowed", 405,
            "The resource does not take this method.",
            "Use one of the methods in the Allow header."),
        new("forbidden_role", 403,
            "The caller's role may not do this.",
            "Use a certificate of the role that the detail names."),
        new("client_certificate_required", 403,
            "A client certificate is required.",
            "Present the certificate and key that the broker issued, or that the cluster's CSR flow did."),
        new("misdirected", 421,
            "The connection was made for another host name.",
            "Open a connection of its own to the host that you mean."),
        new("body_too_large", 413,
            "The request body is too large.",
            "Send at most the number of bytes that the detail names."),
        new("body_malformed", 400,
            "The request body is not the JSON that this call takes.",
            "Compare the field that the detail names with the API description."),
        new("media_type", 415,
            "The request body must be application/json.",
            "Set the header Content-Type: application/json."),
        new("query_invalid", 400,
            "A query parameter is unknown, missing, or has a wrong value.",
            "Correct the parameter that the detail names."),
        new("cursor_ahead", 409,
            "The cursor lies beyond the end of the journal.",
            "The ledger was restored, or the cursor belongs to another one: compare the origin, then start "
            + "again from a known position."),
        new("overloaded", 503,
            "The broker has more work than it accepts.",
            "Try again after the time in Retry-After."),
        new("rate_limited", 429, "The node asks too often.", "Try again after the time in Retry-After."),
        new("stopping", 503,
            "The broker is stopping.",
            "Try again: another broker, or the same one after its restart, will answer."),
        new("internal", 500,
            "The broker failed to answer.",
            "Look into the broker's log for the trace id in the detail, and report it."),
    ];
}
