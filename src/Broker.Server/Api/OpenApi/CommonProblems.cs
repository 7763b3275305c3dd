using Broker.Contracts.Problems;
using Broker.Identity.Reasons;

namespace Broker.Server.Api.OpenApi;

/// <summary>
/// The codes that follow from the kind of an endpoint: its listener, its callers, its body and its query.
/// </summary>
internal static class CommonProblems
{
    private static readonly string[] tls = ["misdirected"];
    private static readonly string[] every = ["query_invalid", "overloaded", "stopping", "outcome_unknown", "internal"];
    private static readonly string[] body = ["body_malformed", "body_too_large", "media_type", "invalid_field"];
    private static readonly string[] certificate = ["client_certificate_required", "forbidden_role", "expired"];
    private static readonly string[] node =
    [
        "rate_limited", "unwitnessed", "superseded", "node_fenced", "node_retired", "node_uid_changed",
        "certificate_expired", "uid_mismatch", "serial_reuse", "key_reuse",
    ];

    /// <summary>Every code of a row, its own ones included, with the status of each, in order.</summary>
    public static IReadOnlyList<(int Status, string Code)> Of(EndpointRow row)
    {
        if (row.Listener == ListenerKind.Health)
        {
            return [];
        }

        var about = row.About!;
        IEnumerable<string> codes = [.. tls, .. every, .. about.Problems];
        if (about.Takes is not null)
        {
            codes = codes.Concat(body);
        }

        if (about.Query.Count > 0 || row.Path.Contains('{', StringComparison.Ordinal))
        {
            codes = codes.Append("invalid_field");
        }

        if ((row.Allowed & CallerKinds.TokenHolder) == 0)
        {
            codes = codes.Concat(certificate);
        }

        if ((row.Allowed & CallerKinds.Node) != 0)
        {
            codes = codes.Concat(node);
        }

        return
        [
            .. codes.Distinct(StringComparer.Ordinal)
                .Select(code => (StatusOf(code), code))
                .Order(),
        ];
    }

    private static int StatusOf(string code) =>
        ProblemKinds.Find(code) is { } kind ? kind.Status
        : IdentityReasons.Find(code) is not null ? StatusCodes.Status403Forbidden
        : throw new InvalidOperationException($"The code '{code}' stands in no table.");
}
