namespace Broker.Server.Api.OpenApi;

/// <summary>A query parameter that an endpoint takes; a test holds it against what the endpoint really reads.</summary>
internal sealed record QueryParameter(string Name, string Summary, QueryKind Kind = QueryKind.Text)
{
    public bool Required { get; init; }

    /// <summary>The values that there are, where they are a closed set.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}
