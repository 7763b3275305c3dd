namespace Broker.Testing.Dapr;

/// <summary>What a component has under a key.</summary>
public sealed record StateEntry(byte[] Data, string ETag);
