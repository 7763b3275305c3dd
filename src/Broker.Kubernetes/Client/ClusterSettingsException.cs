namespace Broker.Kubernetes.Client;

/// <summary>The way to the API server is not usable as it is set.</summary>
public sealed class ClusterSettingsException(string message, Exception? inner = null) : Exception(message, inner);
