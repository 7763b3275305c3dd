using Broker.Contracts.Problems;

namespace Broker.Cni.Errors;

/// <summary>The broker's problem as a CNI error.</summary>
internal static class ProblemErrors
{
    public const string NotTheBroker = "not_the_broker";

    public static CniError Of(Problem problem) => new(
        CodeOf(problem), $"broker refused: {problem.Title} {problem.Detail} ({problem.Code})", problem.Next);

    /// <summary>Whether the same request may be answered otherwise in a moment.</summary>
    public static bool IsPassing(Problem problem) => problem.Status is 429 or 503;

    /// <summary>
    /// Whether the broker will never take such a request, so that a release of it has nothing to release.
    /// </summary>
    public static bool IsForEver(Problem problem) =>
        problem.Code is "invalid_field" or "query_invalid" or "body_malformed" or "body_too_large";

    private static CniErrorCode CodeOf(Problem problem) => problem.Code switch
    {
        "conflict" => CniErrorCode.Conflict,
        "pool_unknown" or "pool_adopting" or "pool_drained" or "lessor_agent" => CniErrorCode.PoolNotUsable,
        "request_ended" => CniErrorCode.TryAgainLater,
        NotTheBroker => CniErrorCode.NotTheBroker,
        _ => problem.Status switch
        {
            401 or 403 => CniErrorCode.NotAuthorised,
            507 => CniErrorCode.Exhausted,
            429 or >= 500 => CniErrorCode.TryAgainLater,
            _ => CniErrorCode.Refused,
        },
    };
}
