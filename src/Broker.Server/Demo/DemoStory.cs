namespace Broker.Server.Demo;

/// <summary>What the acts hand on to each other.</summary>
internal sealed class DemoStory
{
    /// <summary>An address that the first pod got.</summary>
    public string Address { get; set; } = string.Empty;

    /// <summary>A second at which the pod had it, RFC 3339.</summary>
    public string At { get; set; } = string.Empty;

    /// <summary>How many events the history has, and its root.</summary>
    public long Size { get; set; }

    public string Root { get; set; } = string.Empty;
}
