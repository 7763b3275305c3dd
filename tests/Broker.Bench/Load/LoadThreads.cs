using HdrHistogram;

namespace Broker.Bench.Load;

/// <summary>
/// A thread for each connection, which blocks in the system's own calls: a load program that costs little leaves the
/// processors to what is measured.
/// </summary>
internal static class LoadThreads
{
    private const int StackBytes = 256 * 1024;

    /// <summary>Runs the work of each connection to its end; the latencies of all.</summary>
    /// <exception cref="AggregateException">What the work threw.</exception>
    public static LongHistogram Run(int connections, Action<int, LongHistogram> work)
    {
        var (parts, errors) = (new LongHistogram[connections], new Exception?[connections]);
        var threads = Enumerable.Range(0, connections).Select(connection => new Thread(
            () =>
            {
                try
                {
                    work(connection, parts[connection] = Latencies.New());
                }
                catch (Exception error)
                {
                    errors[connection] = error;
                }
            },
            StackBytes)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return errors.OfType<Exception>().ToList() is { Count: > 0 } thrown
            ? throw new AggregateException(thrown)
            : Latencies.Sum(parts);
    }
}
