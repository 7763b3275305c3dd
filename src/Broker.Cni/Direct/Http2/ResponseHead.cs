namespace Broker.Cni.Direct.Http2;

/// <summary>What is asked of the header block of an answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="MediaType">Of the body, without parameters; null when it names none that can be read.</param>
internal readonly record struct ResponseHead(int Status, string? MediaType);
