using Broker.Core.Events;

namespace Broker.Core.Alarms;

/// <summary>Alarms that were raised, so that each is raised once. The oldest are forgotten past a bound.</summary>
internal sealed class AlarmsState
{
    /// <summary>Most alarms that are remembered.</summary>
    public const int AlarmsMax = 65_536;

    private readonly HashSet<AlarmRaised> _raised = [];
    private readonly Queue<AlarmRaised> _order = new();

    public int Count => _raised.Count;

    public bool WasRaised(AlarmRaised alarm) => _raised.Contains(alarm);

    public void Raise(AlarmRaised alarm)
    {
        if (!_raised.Add(alarm))
        {
            return;
        }

        _order.Enqueue(alarm);
        if (_order.Count > AlarmsMax)
        {
            _ = _raised.Remove(_order.Dequeue()); // Each queued alarm is in the set.
        }
    }
}
