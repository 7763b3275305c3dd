namespace Broker.Contracts.Leases;

/// <summary>
/// The pod that the caller says it asks for; what decides anything of it is read from the API server.
/// </summary>
public sealed record PodLabels(string Namespace, string Name, string Uid);
