namespace Broker.Simulator.Time;

/// <summary>A timer that fires once; nothing in the broker's journal asks for more.</summary>
internal sealed class MachineTimer : ITimer
{
    private readonly Action _callback;
    private readonly Action<long, Action> _later;
    private int _version;

    public MachineTimer(Action callback, Action<long, Action> later, TimeSpan dueTime)
    {
        (_callback, _later) = (callback, later);
        _ = Change(dueTime, Timeout.InfiniteTimeSpan); // Always true.
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var version = ++_version;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _later(
                dueTime.Ticks / TimeSpan.TicksPerMicrosecond,
                () =>
                {
                    if (version == _version)
                    {
                        _callback();
                    }
                });
        }

        return true;
    }

    public void Dispose() => _version++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
