using System.Text.Json.Serialization;

namespace Broker.Contracts.Problems;

/// <summary>
/// An error as <c>application/problem+json</c> (RFC 9457), with a stable code and what to do next.
/// </summary>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Code,
    string Detail,
    string Next,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? RetryAfterSeconds = null)
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/problem+json";
}
