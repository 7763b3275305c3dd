using Broker.Cli.Hosting;
using Broker.Client;

namespace Broker.Cli.Events;

/// <summary>Reads the stream; a follower goes on where a broken stream ended, and misses nothing.</summary>
internal sealed class EventReading(Run run, EventLines lines, IReadOnlyList<string> types)
{
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);

    /// <summary>From just after a position up to another one.</summary>
    public async Task ReadAsync(long after, long last)
    {
        var position = after;
        while (position < last)
        {
            await foreach (var item in run.Api.Events(position).ReadAsync(run.Cancellation))
            {
                Take(item);
                position = item.Position;
                if (position >= last)
                {
                    break;
                }
            }

            if (position < last)
            {
                throw new CliFailureException(
                    CliCodes.StreamBroken,
                    $"The broker ended the stream after position {position}; it is stopping.",
                    $"Go on when it is back: --after {position}");
            }
        }

        if (position <= after || lines.Count == 0)
        {
            run.Screen.Note("There is no such event.");
        }
    }

    /// <summary>From just after a position until Ctrl-C.</summary>
    public async Task FollowAsync(long after)
    {
        var (position, connected) = (after, false);
        while (true)
        {
            try
            {
                await foreach (var item in run.Api.Events(position).ReadAsync(run.Cancellation))
                {
                    (position, connected) = (item.Position, true);
                    Take(item);
                }

                connected = true;
                run.Screen.Note($"The broker ended the stream after position {position}; asking again.");
            }
            catch (BrokerUnreachableException) when (connected)
            {
                run.Screen.Note($"No answer after position {position}; asking again.");
            }

            await Task.Delay(pause, run.Environment.Time, run.Cancellation);
        }
    }

    private void Take(StreamedEvent item)
    {
        if (types.Count == 0 || types.Any(type => Fits(item.Type, type)))
        {
            lines.Write(item);
        }
    }

    // 'lease' stands for lease.granted, lease.released and so on.
    private static bool Fits(string type, string wanted) =>
        type == wanted || type.StartsWith(wanted + ".", StringComparison.Ordinal);
}
