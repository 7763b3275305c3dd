namespace Broker.Testing.Kubernetes;

/// <summary>How pods of a <see cref="NodeRuntime"/> get their network.</summary>
public sealed record NodeRuntimeOptions
{
    /// <summary>
    /// The CNI configuration list, in which <c>BRIDGE</c> stands for a bridge that is this node's own and is removed
    /// after the test, <c>FOLDER</c> for a folder of its own, and <c>NODE</c> for the node's; null for Debian's bridge
    /// and host-local.
    /// </summary>
    public string? CniConfiguration { get; init; }

    /// <summary>The range of the default configuration.</summary>
    public string PodCidr { get; init; } = "10.244.77.0/24";

    /// <summary>Further CNI plugins, beside Debian's, by name and full path.</summary>
    public IReadOnlyDictionary<string, string> CniPlugins { get; init; } = new Dictionary<string, string>();
}
