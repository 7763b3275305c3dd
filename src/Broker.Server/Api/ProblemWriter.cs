using System.Globalization;
using System.Text.Json;
using Broker.Contracts;
using Broker.Contracts.Problems;
using Broker.Identity.Reasons;
using Broker.Server.Telemetry;

namespace Broker.Server.Api;

/// <summary>The one place that turns a code into an HTTP answer and decides what the caller may see.</summary>
internal static class ProblemWriter
{
    /// <summary>Longest detail: it may quote the request, which must not come back at its full length.</summary>
    public const int DetailCharsMax = 512;

    private const int RetrySecondsDefault = 1;

    public static Task WriteAsync(
        HttpContext context, string code, string detail, int? retryAfterSeconds = null, int? status = null)
    {
        var kind = ProblemKinds.Find(code) ?? OfCertificate(code);
        if (status is { } special)
        {
            kind = kind with { Status = special };
        }

        var retry = retryAfterSeconds ?? (kind.Status is 503 or 429 ? RetrySecondsDefault : null);
        var problem = new Problem(
            $"urn:broker:problem:{code}", kind.Title, kind.Status, code, Shorten(detail), kind.Next, retry);
        context.RequestServices.GetService<BrokerMetrics>()?.Refused(code);
        var response = context.Response;
        response.StatusCode = kind.Status;
        response.ContentType = Problem.MediaType;
        if (retry is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (kind.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"broker\"";
        }

        return JsonSerializer.SerializeAsync(
            response.Body, problem, BrokerJson.Default.Problem, context.RequestAborted);
    }

    private static string Shorten(string detail)
    {
        if (detail.Length <= DetailCharsMax)
        {
            return detail;
        }

        // Half of a surrogate pair is not text.
        var end = char.IsHighSurrogate(detail[DetailCharsMax - 1]) ? DetailCharsMax - 1 : DetailCharsMax;
        return detail[..end] + "...";
    }

    private static ProblemKind OfCertificate(string code) =>
        IdentityReasons.Find(code) is { } reason
            ? new ProblemKind(code, StatusCodes.Status403Forbidden, reason.Meaning, reason.ToDo)
            : throw new InvalidOperationException($"The code '{code}' stands in no table.");
}
