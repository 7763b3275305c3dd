namespace Broker.Kubernetes.Leaks;

/// <summary>
/// Whether so many leases may be without a pod at once. More than that is not a leak: it is another cluster, an API
/// server that has lost its data, or a mistake of our own.
/// </summary>
internal sealed class ShareGuard(LeakSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private readonly Queue<long> _reclaims = new();

    /// <summary>Whether a reclaim may go on, with so many suspects among so many leases.</summary>
    public bool Allows(int suspects, int leases)
    {
        while (_reclaims.TryPeek(out var at) && time.GetElapsedTime(at) > Window)
        {
            _ = _reclaims.Dequeue(); // It was just looked at.
        }

        var (gone, all) = (suspects + _reclaims.Count, leases + _reclaims.Count);
        return gone <= Math.Max(settings.SuspectsMin, (long)all * settings.PercentMax / 100);
    }

    /// <summary>Takes note of a reclaim.</summary>
    public void Count() => _reclaims.Enqueue(time.GetTimestamp());
}
