namespace Broker.Cni.Direct.Http2;

/// <summary>A request.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">With its query.</param>
/// <param name="Body">Or null for none.</param>
internal sealed record Http2Request(string Method, string Path, byte[]? Body = null)
{
    /// <summary>What the body is.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Further headers; their names in lower case.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
