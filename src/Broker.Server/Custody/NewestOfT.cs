namespace Broker.Server.Custody;

/// <summary>The newest of many, in their order, and how many came before them.</summary>
internal sealed class Newest<T>(int most)
{
    private readonly Queue<T> _kept = new();

    /// <summary>How many are left out.</summary>
    public long Earlier { get; private set; }

    /// <summary>Those that are kept, oldest first.</summary>
    public IReadOnlyCollection<T> Kept => _kept;

    /// <summary>Takes one more; answers the one that had to go for it.</summary>
    public T? Add(T item)
    {
        _kept.Enqueue(item);
        if (_kept.Count <= most)
        {
            return default;
        }

        Earlier++;
        return _kept.Dequeue();
    }
}
