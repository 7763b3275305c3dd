namespace Broker.Testing.Kubernetes;

/// <summary>How a <see cref="ControlPlane"/> differs from a plain one.</summary>
public sealed record ControlPlaneOptions
{
    /// <summary>
    /// How long certificates that nodes ask for are valid from now on; null for a year. They are dated back five
    /// minutes more, and a kubelet renews at 70 to 90 % of the whole span: two minutes make it renew within a minute
    /// and a half, with half a minute left.
    /// </summary>
    public TimeSpan? SigningDuration { get; init; }

    /// <summary>
    /// The range from which the controller manager gives each Node a podCIDR; null leaves that to somebody else.
    /// </summary>
    public string? NodeCidrs { get; init; }

    /// <summary>Whether pods without a node name find one.</summary>
    public bool Scheduler { get; init; }
}
