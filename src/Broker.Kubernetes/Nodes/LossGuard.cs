namespace Broker.Kubernetes.Nodes;

/// <summary>
/// Whether so many Nodes may be gone at once: one always, else at most a tenth of them within a minute. A cluster that
/// loses more has lost its API server's data or its mind, and fencing everybody would make it worse.
/// </summary>
internal sealed class LossGuard(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Queue<long> _losses = new();

    /// <summary>Takes note of losses, and says whether they count.</summary>
    /// <param name="lost">Nodes lost now.</param>
    /// <param name="left">Nodes that are still there.</param>
    public bool Allows(int lost, int left)
    {
        while (_losses.TryPeek(out var at) && time.GetElapsedTime(at) > Window)
        {
            _ = _losses.Dequeue(); // It was just looked at.
        }

        var before = left + lost + _losses.Count;
        var allowed = _losses.Count + lost <= Math.Max(1, before / 10);
        for (var i = 0; i < lost; i++)
        {
            _losses.Enqueue(time.GetTimestamp());
        }

        return allowed;
    }
}
