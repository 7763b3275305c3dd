using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Simulator.Machines;
using Broker.Simulator.Planting;
using Broker.Simulator.Time;

namespace Broker.Simulator.Nodes;

/// <summary>
/// A command on its way from whoever wants it to a broker, again and again with the same bytes until it is answered.
/// What is sent may be lost, come late or twice; so may the answer.
/// </summary>
internal sealed class Errand<T>(
    Timeline timeline, Fleet fleet, Command<T> command, Plant plant, Action<Outcome<T>> answered) : IErrand
    where T : class
{
    private int _attempt;

    /// <inheritdoc/>
    public bool IsOver { get; private set; }

    /// <inheritdoc/>
    public void GiveUp() => IsOver = true;

    /// <summary>Sends it, and again while no answer comes.</summary>
    public void Send()
    {
        if (IsOver)
        {
            return;
        }

        _attempt++;
        var (mine, sent) = (_attempt, Sent());
        if ((timeline.Happens(200) ? fleet.Any() : fleet.Newest()) is { } broker)
        {
            for (var copies = timeline.Happens(25) ? 2 : 1; copies > 0; copies--)
            {
                if (!timeline.Happens(25))
                {
                    timeline.In(Way(), () => broker.Ask(sent, Return));
                }
            }
        }

        timeline.In(timeline.Between(Timeline.Second, 6 * Timeline.Second), () =>
        {
            if (mine == _attempt)
            {
                Send();
            }
        });
    }

    private Command<T> Sent() => plant == Plant.RepeatWithoutItsId && _attempt > 1 && command is GrantLease grant
        ? (Command<T>)(object)(grant with
        {
            RequestId = RequestId.Parse($"{grant.RequestId}-{_attempt}"),
        })
        : command;

    private long Way() => timeline.Happens(15)
        ? timeline.Between(Timeline.Second, 30 * Timeline.Second)
        : timeline.Between(200, 20_000);

    private void Return(Outcome<T> outcome)
    {
        if (timeline.Happens(25))
        {
            return;
        }

        timeline.In(Way(), () =>
        {
            if (!IsOver)
            {
                IsOver = true;
                answered(outcome);
            }
        });
    }
}
