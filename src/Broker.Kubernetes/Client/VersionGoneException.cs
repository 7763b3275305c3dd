namespace Broker.Kubernetes.Client;

/// <summary>The API server does not remember that version (410): list anew.</summary>
public sealed class VersionGoneException(string message, Exception? inner = null) : Exception(message, inner);
