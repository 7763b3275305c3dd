using Broker.Simulator.Checking;
using Broker.Simulator.Time;

namespace Broker.Simulator.Machines;

/// <summary>
/// All brokers, and what befalls them: they are killed, frozen, suspended, their wall clocks stepped, and started again
/// by whoever believes that nobody serves, which is sometimes wrong.
/// </summary>
internal sealed class Fleet(Timeline timeline, IJournalPlace place, IReadOnlyList<BrokerHost> brokers, Faults faults)
{
    private const long Year = 365L * 24 * 3600 * Timeline.Second;

    /// <summary>All of them.</summary>
    public IReadOnlyList<BrokerHost> Brokers => brokers;

    /// <summary>One that serves, or believes so.</summary>
    public BrokerHost? Any()
    {
        var serving = brokers.Where(broker => broker.Phase == BrokerPhase.Serving).ToList();
        return serving.Count == 0 ? null : serving[timeline.Random.Next(serving.Count)];
    }

    /// <summary>The one that most likely leads.</summary>
    public BrokerHost? Newest() => brokers.Where(broker => broker.Phase == BrokerPhase.Serving)
        .OrderByDescending(broker => broker.ServingSince).FirstOrDefault();

    /// <summary>Begins what befalls them.</summary>
    public void Begin()
    {
        foreach (var broker in brokers)
        {
            Tick(broker);
        }
    }

    private void Tick(BrokerHost broker) => timeline.In(timeline.Between(500_000, 2 * Timeline.Second), () =>
    {
        if (broker.Phase == BrokerPhase.Down)
        {
            MayStart(broker);
        }
        else if (timeline.Happens(12))
        {
            broker.Kill();
        }

        Trouble(broker.Machine);
        Tick(broker);
    });

    private void MayStart(BrokerHost broker)
    {
        var others = brokers.Where(other => other != broker && other.Phase != BrokerPhase.Down).ToList();
        if (place.TakesSeveral && others.Any(other => !other.Machine.IsFrozen) && !timeline.Happens(20))
        {
            return;
        }

        place.MayBeRestored();
        broker.Start();
    }

    private void Trouble(Machine machine)
    {
        if (!machine.IsFrozen && timeline.Happens(12))
        {
            var isSuspended = timeline.Random.Next(3) == 0;
            var time = timeline.Between(Timeline.Second, 40 * Timeline.Second);
            faults.Trace($"{machine.Name} stands still for {time / Timeline.Second} s, suspended: {isSuspended}");
            machine.Freeze(time, isSuspended);
        }

        if (timeline.Happens(6))
        {
            var by = timeline.Between(-Year, Year) >> timeline.Random.Next(30);
            faults.Trace($"the wall clock of {machine.Name} is stepped by {by} µs");
            machine.StepWall(by);
        }
    }
}
