using System.Diagnostics;

namespace Broker.Testing.Processes;

/// <summary>Waits for what another process brings about, where nothing can signal it.</summary>
public static class Eventually
{
    private static readonly TimeSpan step = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks again until the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold in time; the message names it.</exception>
    public static async Task HoldsAsync(string condition, Func<Task<bool>> holds, TimeSpan deadline)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds().ConfigureAwait(false))
        {
            if (Stopwatch.GetElapsedTime(started) > deadline)
            {
                throw new TimeoutException($"Not within {deadline}: {condition}.");
            }

            await Task.Delay(step).ConfigureAwait(false);
        }
    }
}
