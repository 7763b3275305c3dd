namespace Broker.Kubernetes.Client;

/// <summary>Whether a Node's kubelet is heard by the API server: its condition <c>Ready</c> is true.</summary>
public sealed record NodeContact(string Uid, bool IsReady);
