namespace Broker.Simulator.Time;

/// <summary>
/// Virtual time, in microseconds, and all that is to happen in it, one after the other on one thread: the same seed
/// gives the same history. Nothing else in a simulation has a clock or a random number.
/// </summary>
internal sealed class Timeline(int seed)
{
    public const long Millisecond = 1_000;
    public const long Second = 1_000_000;

    private readonly PriorityQueue<Action, (long At, long Order)> _due = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;
    private volatile bool _hasStrayed;

    /// <summary>The one source of chance.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>Now.</summary>
    public long Now { get; private set; }

    /// <summary>Whether nothing goes wrong any more: what is left to do has to come to an end.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Has something happen later.</summary>
    public void In(long microseconds, Action what)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _hasStrayed = true; // Told by the thread that runs everything; nobody watches this one.
            return;
        }

        _due.Enqueue(what, (Now + Math.Max(0, microseconds), _order++));
    }

    /// <summary>A time in between.</summary>
    public long Between(long from, long to) => Random.NextInt64(from, to);

    /// <summary>Whether something of that likelihood, in thousandths, happens; never while all is calm.</summary>
    public bool Happens(int perThousand) => !IsCalm && Random.Next(1000) < perThousand;

    /// <summary>Lets happen what is due until a time, or until it is told to end.</summary>
    /// <exception cref="InvalidOperationException">Something did not stay on this thread.</exception>
    public void RunUntil(long end, Func<bool> isOver)
    {
        while (!isOver() && _due.TryPeek(out _, out var next) && next.At <= end)
        {
            var what = _due.Dequeue();
            Now = Math.Max(Now, next.At);
            what();
            if (_hasStrayed)
            {
                throw new InvalidOperationException("Something ran on another thread: no seed gives the same again.");
            }
        }

        Now = isOver() ? Now : end;
    }
}
