namespace Broker.Server.Api.OpenApi;

/// <summary>What the description of the surface says of an endpoint beyond its row.</summary>
/// <param name="Id">The name of the operation: a verb and what it is done to, unique on its listener.</param>
/// <param name="Summary">One sentence.</param>
internal sealed record EndpointAbout(string Id, string Summary)
{
    /// <summary>The wire type of the body, or null without one.</summary>
    public Type? Takes { get; init; }

    /// <summary>Whether the body may be left out.</summary>
    public bool BodyOptional { get; init; }

    /// <summary>The wire type of the answer, or null when it is no JSON of ours.</summary>
    public Type? Gives { get; init; }

    /// <summary>The media type of an answer that is no JSON of ours.</summary>
    public string? Media { get; init; }

    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>The codes that only this endpoint, or a few like it, can refuse with.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>
    /// Whether a body that is a signing request can also be refused with a reason of the certificate rules, as 422.
    /// </summary>
    public bool ExaminesCsr { get; init; }
}
