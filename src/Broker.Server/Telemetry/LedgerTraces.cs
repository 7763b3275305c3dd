using System.Diagnostics;
using Broker.Journal.Writing;

namespace Broker.Server.Telemetry;

/// <summary>
/// The spans of what the writer did for a request, below the request's own: made afterwards from the times that were
/// taken, so that the writer's loop does nothing for them.
/// </summary>
internal sealed class LedgerTraces(TimeProvider time) : IDisposable
{
    /// <summary>The source of the broker's own spans.</summary>
    public const string SourceName = "Broker";

    private readonly ActivitySource _source = new(SourceName);

    public void Dispose() => _source.Dispose();

    /// <summary>Something was told to the request in whose flow this runs.</summary>
    public void Told(WorkTimes times)
    {
        if (Activity.Current is not { } request || !_source.HasListeners())
        {
            return;
        }

        Add("ledger.decide", request, times, (times.BegunAt, times.DecidedAt));
        if (times.CommittingAt != 0)
        {
            Add("ledger.commit", request, times, (times.CommittingAt, times.DurableAt));
        }
    }

    private void Add(string name, Activity request, WorkTimes times, (long From, long To) at)
    {
        using var span = _source.StartActivity(
            name, ActivityKind.Internal, request.Context, startTime: time.GetUtcNow() - time.GetElapsedTime(at.From));
        _ = span?
            .SetTag("broker.command", times.What)
            .SetTag("broker.batch.events", times.BatchEvents)
            .SetEndTime((time.GetUtcNow() - time.GetElapsedTime(at.To)).UtcDateTime);
    }
}
