namespace Broker.Kubernetes.Pods;

/// <summary>What a pod is called; another one may have had the name before.</summary>
public readonly record struct PodKey(string Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}/{Name}";
}
