namespace Broker.Kubernetes.Nodes;

/// <summary>A Node object of the cluster, in plain types.</summary>
public sealed record NodeObject(string Name, string Uid, DateTimeOffset Created)
{
    /// <summary>The version that was read.</summary>
    public string ResourceVersion { get; init; } = string.Empty;

    /// <summary><c>spec.podCIDRs</c> as the cluster spells them; empty while there are none.</summary>
    public IReadOnlyList<string> PodCidrs { get; init; } = [];

    /// <summary>The addresses of type <c>InternalIP</c>, in order; empty until the kubelet has told them.</summary>
    public IReadOnlyList<string> InternalIps { get; init; } = [];
}
