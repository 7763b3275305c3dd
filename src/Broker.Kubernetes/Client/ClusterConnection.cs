using k8s;

namespace Broker.Kubernetes.Client;

/// <summary>The one way to the API server that everything of this broker shares.</summary>
public sealed class ClusterConnection : IDisposable
{
    private ClusterConnection(k8s.Kubernetes client) => Client = client;

    internal k8s.Kubernetes Client { get; }

    /// <summary>Connects as a kubeconfig says, or, without one, as the pod's service account.</summary>
    /// <exception cref="ClusterSettingsException">Neither can be used; the message says why.</exception>
    public static ClusterConnection Connect(string? kubeconfig)
    {
        try
        {
            return new ClusterConnection(new k8s.Kubernetes(kubeconfig is null
                ? KubernetesClientConfiguration.InClusterConfig()
                : KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig)));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new ClusterSettingsException(
                $"{kubeconfig ?? "The pod's service account"} cannot be used: {error.Message}", error);
        }
    }

    public void Dispose() => Client.Dispose();
}
