namespace Broker.Kubernetes.Leaks;

/// <summary>How careful the recovery of leaks is.</summary>
public sealed record LeakSettings
{
    /// <summary>The least time between two looks that end a lease.</summary>
    public TimeSpan Apart { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The same for a pod that was never seen alive, so that nobody knows how long it may take to end.
    /// </summary>
    public TimeSpan ApartUnseen { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>How much longer than its own grace period a pod is given.</summary>
    public TimeSpan GraceSlack { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the leases are held against the pods.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one read may take.</summary>
    public TimeSpan ReadDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The most leases in a hundred that may be without a pod at a time; past it none is reclaimed.</summary>
    public int PercentMax { get; init; } = 10;

    /// <summary>So many may be without a pod in any case.</summary>
    public int SuspectsMin { get; init; } = 4;

    /// <summary>Most reclaims of one sweep.</summary>
    public int SweepMax { get; init; } = 100;
}
