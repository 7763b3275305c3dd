namespace Broker.Kubernetes.Leaks;

/// <summary>
/// Pods that were found alive when they asked for an address. A pod may be gone before any sweep sees it: without this
/// its lease would count as one of a pod that was never seen. Each is kept for one to two sweeps.
/// </summary>
public sealed class GreetedPods
{
    private const int CountMax = 100_000;

    private readonly Lock _gate = new();
    private Dictionary<string, int> _young = new(StringComparer.Ordinal);
    private Dictionary<string, int> _old = new(StringComparer.Ordinal);

    /// <summary>Takes note of one.</summary>
    /// <param name="uid">The UID that its plugin was told.</param>
    /// <param name="graceSeconds">How long its containers may take to end.</param>
    public void Greet(string uid, int graceSeconds)
    {
        lock (_gate)
        {
            if (_young.Count < CountMax)
            {
                _young[uid] = graceSeconds;
            }
        }
    }

    /// <summary>Begins a sweep; the grace period of one that was found alive since the sweep before the last.</summary>
    internal Func<string, int?> Sweep()
    {
        lock (_gate)
        {
            var (young, old) = (_young, _old);
            (_old, _young) = (young, new Dictionary<string, int>(StringComparer.Ordinal));
            return uid => young.TryGetValue(uid, out var grace) || old.TryGetValue(uid, out grace) ? grace : null;
        }
    }
}
