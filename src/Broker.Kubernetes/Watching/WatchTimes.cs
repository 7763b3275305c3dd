namespace Broker.Kubernetes.Watching;

/// <summary>How long the watches wait for what.</summary>
public sealed record WatchTimes
{
    /// <summary>The first wait after a failure; doubled with each further one.</summary>
    public TimeSpan BackOffMin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait after a failure, before jitter.</summary>
    public TimeSpan BackOffMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A watch that stood for so long did not fail: what follows it is a first failure again.</summary>
    public TimeSpan Stood { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait for a whole list with all its pages.</summary>
    public TimeSpan ListMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The longest silence of a watch. A server sends a bookmark about once a minute, so that two were lost; one that
    /// sends none is asked again from the same version, which loses nothing.
    /// </summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>A new list without any reason, so that no lost change stays lost.</summary>
    public TimeSpan Relist { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The least time between two lists that somebody asked for.</summary>
    public TimeSpan RelistMin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A Node that is missing from two lists this far apart is gone.</summary>
    public TimeSpan NodeGone { get; init; } = TimeSpan.FromSeconds(10);
}
