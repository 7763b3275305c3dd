namespace Broker.Kubernetes.Watching;

/// <summary>How long the watches wait for what.</summary>
public sealed record WatchTimes
{
    /// <summary>The first wait after a failure; doubled with each further one.</summary>
    public TimeSpan BackOffMin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait after a failure, before jitter.</summary>
    public TimeSpan BackOffMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A new list without any reason, so that no lost change stays lost.</summary>
    public TimeSpan Relist { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The least time between two lists that somebody asked for.</summary>
    public TimeSpan RelistMin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A Node that is missing from two lists this far apart is gone.</summary>
    public TimeSpan NodeGone { get; init; } = TimeSpan.FromSeconds(10);
}
