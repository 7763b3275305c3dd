namespace Broker.Contracts.Custody;

/// <summary>An alarm about a node: its kind, and the certificate or the key that it is about.</summary>
public sealed record CustodyAlarm(string Kind, string At, long Position, string? Certificate, string? Key);
