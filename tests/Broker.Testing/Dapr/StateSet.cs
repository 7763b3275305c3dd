namespace Broker.Testing.Dapr;

/// <summary>One write, as daprd hands it to a component.</summary>
/// <param name="Key">With the prefix.</param>
/// <param name="Data">The bytes; null to delete.</param>
/// <param name="ETag">Null when the request had none; empty is not the same.</param>
/// <param name="IsFirstWrite">Whether the request asked for first-write.</param>
public sealed record StateSet(string Key, byte[]? Data, string? ETag, bool IsFirstWrite);
