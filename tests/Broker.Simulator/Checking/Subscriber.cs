using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Simulator.Machines;
using Broker.Simulator.Planting;
using Broker.Simulator.Time;

namespace Broker.Simulator.Checking;

/// <summary>Follows the journal from its beginning, at whichever broker serves, from where it stopped.</summary>
internal sealed class Subscriber(
    Timeline timeline, string name, Fleet fleet, History history, Faults faults, Plant plant)
{
    private long _next;
    private BrokerHost? _reading;

    /// <summary>How many events it has got.</summary>
    public long Got { get; private set; }

    /// <summary>Reads again and again.</summary>
    public void Begin() => timeline.In(timeline.Between(Timeline.Second, 5 * Timeline.Second), () =>
    {
        if (_reading is null && fleet.Any() is { } broker)
        {
            _ = ReadAsync(broker); // It says itself what goes wrong.
        }

        Begin();
    });

    // A broker that is killed meanwhile answers nothing any more.
    private async Task ReadAsync(BrokerHost broker)
    {
        _reading = broker;
        broker.AtEnd(() => _reading = _reading == broker ? null : _reading);
        var (writer, to) = (broker.Writer!, broker.Writer!.Durable.Size);
        history.Left(writer.Durable);
        try
        {
            await foreach (var (position, line) in JournalReader.ReadAsync(
                               writer.Store, _next, to, CancellationToken.None))
            {
                Take(position, line.Span);
            }
        }
        catch (JournalStoreException e)
        {
            faults.Trace($"{name} at {broker.Name}: {e.Code}");
        }
        catch (JournalDamagedException e)
        {
            faults.Add($"{name} at {broker.Name}: {e.Message}");
        }

        _next = plant == Plant.ReaderSkips ? Math.Max(_next, to) : _next;
        _reading = null;
    }

    private void Take(long position, ReadOnlySpan<byte> line)
    {
        if (position != Got)
        {
            faults.Add($"{name} got position {position} after {Got - 1}");
        }

        history.Read(name, position, line);
        (_next, Got) = (position + 1, position + 1);
    }
}
