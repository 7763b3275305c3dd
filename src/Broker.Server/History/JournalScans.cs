using Broker.Journal.Events;
using Broker.Journal.Reading;
using Broker.Journal.Writing;

namespace Broker.Server.History;

/// <summary>
/// Passes over the whole durable journal, a few at a time, so that reviewers cannot starve the rest.
/// </summary>
internal sealed class JournalScans(LedgerWriter writer) : IDisposable
{
    private const int ScansMax = 4;
    private readonly SemaphoreSlim _scans = new(ScansMax, ScansMax);

    public void Dispose() => _scans.Dispose();

    /// <exception cref="OverloadedException">As many passes run as may.</exception>
    public async Task RunAsync(IJournalScan scan, CancellationToken cancellation)
    {
        if (!await _scans.WaitAsync(TimeSpan.Zero, cancellation))
        {
            throw new OverloadedException(retryAfterSeconds: 2);
        }

        try
        {
            var size = writer.Durable.Size;
            await foreach (var line in JournalReader.ReadAsync(writer.Store, 0, size, cancellation))
            {
                if (scan.MayMatter(line))
                {
                    scan.Take(new PlacedFact(line.Position, EventCodec.Decode(line.Line.Span)));
                }
            }
        }
        finally
        {
            _ = _scans.Release(); // The count before is of no interest.
        }
    }
}
