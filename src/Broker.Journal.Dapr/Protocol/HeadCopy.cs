namespace Broker.Journal.Dapr.Protocol;

/// <summary>
/// What one read of a key gave: value and ETag belong together and are never mixed with another read's.
/// </summary>
/// <param name="Value">The bytes; null when there is nothing under the key.</param>
/// <param name="ETag">What the store calls this version of them; empty when there is nothing.</param>
internal sealed record HeadCopy(StoredValue? Value, string ETag);
