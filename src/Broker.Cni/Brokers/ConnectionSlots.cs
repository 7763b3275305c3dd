using Broker.Cni.Files;

namespace Broker.Cni.Brokers;

/// <summary>
/// The broker takes a few connections of each node; when a node starts, a runtime runs many execs at once. A slot is a
/// locked file: so many execs connect, the others wait here instead of being turned away there. One fewer than the
/// broker's default, because it may see the end of a connection after we have gone. A killed exec's lock ends with it.
/// </summary>
internal sealed class ConnectionSlots(string folder, TimeProvider clock, Func<double> random)
{
    public const int Count = 3;

    /// <summary>
    /// A slot, or null when none came free in time. Where no file can be made there are no slots, and the exec goes on
    /// without: to wait for them is a courtesy.
    /// </summary>
    public async Task<IDisposable?> TakeAsync(TimeSpan patience)
    {
        var started = clock.GetTimestamp();
        try
        {
            _ = Directory.CreateDirectory(folder, FileLock.FolderMode);
            while (true)
            {
                if (TryTake() is { } slot)
                {
                    return slot;
                }

                if (clock.GetElapsedTime(started) >= patience)
                {
                    return null;
                }

                await Task.Delay(FileLock.Poll * (0.5 + random()), clock).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return NoSlot.Instance;
        }
    }

    private IDisposable? TryTake()
    {
        var first = (int)(random() * Count);
        for (var i = 0; i < Count; i++)
        {
            if (FileLock.TryTake(Path.Combine(folder, $"slot-{(first + i) % Count}")) is { } slot)
            {
                return slot;
            }
        }

        return null;
    }
}
