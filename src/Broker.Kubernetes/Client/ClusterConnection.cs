using k8s;

namespace Broker.Kubernetes.Client;

/// <summary>The one way to the API server that everything of this broker shares.</summary>
public sealed class ClusterConnection : IDisposable
{
    /// <summary>Longest wait for one call that is no watch, or one page of a list, with its whole answer.</summary>
    private static readonly TimeSpan CallMax = TimeSpan.FromSeconds(30);

    private ClusterConnection(k8s.Kubernetes client) => Client = client;

    internal k8s.Kubernetes Client { get; }

    /// <summary>Connects as a kubeconfig says, or, without one, as the pod's service account.</summary>
    /// <exception cref="ClusterSettingsException">Neither can be used; the message says why.</exception>
    public static ClusterConnection Connect(string? kubeconfig)
    {
        try
        {
            var configuration = kubeconfig is null
                ? KubernetesClientConfiguration.InClusterConfig()
                : KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig);
            configuration.HttpClientTimeout = CallMax;
            var calls = new BoundedCalls();
            var client = new k8s.Kubernetes(configuration, calls);
            calls.NoticeDeadConnections();
            return new ClusterConnection(client);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new ClusterSettingsException(
                $"{kubeconfig ?? "The pod's service account"} cannot be used: {error.Message}", error);
        }
    }

    public void Dispose() => Client.Dispose();
}
