using System.Diagnostics.Metrics;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Journal.Events;
using Broker.Journal.Writing;

namespace Broker.Server.Telemetry;

/// <summary>
/// What is counted as it happens. Names, units and labels stand in METRICS.md, which a test holds against this; no
/// label takes a value that a caller can invent.
/// </summary>
internal sealed class BrokerMetrics : IDisposable
{
    /// <summary>The meter of everything that is the broker's own.</summary>
    public const string MeterName = "Broker";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries =
            [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<int> Powers = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
    };

    private readonly TimeProvider _time;
    private readonly Counter<long> _events;
    private readonly Counter<long> _grants;
    private readonly Counter<long> _releases;
    private readonly Counter<long> _reclaims;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _rotations;
    private readonly Counter<long> _notices;
    private readonly Counter<long> _podReads;
    private readonly Histogram<double> _commands;
    private readonly Histogram<double> _waits;
    private readonly Histogram<double> _commits;
    private readonly Histogram<int> _batches;

    public BrokerMetrics(TimeProvider time)
    {
        _time = time;
        Meter = new Meter(MeterName);
        _events = Meter.CreateCounter<long>("broker.events", "{event}", "Events made durable.");
        _grants = Meter.CreateCounter<long>("broker.grants", "{grant}", "Blocks and leases granted.");
        _releases = Meter.CreateCounter<long>("broker.releases", "{release}", "Blocks and leases released.");
        _reclaims = Meter.CreateCounter<long>(
            "broker.reclaims", "{reclaim}", "Blocks and leases ended by evidence instead of a release.");
        _refusals = Meter.CreateCounter<long>("broker.refusals", "{refusal}", "Problem answers.");
        _rotations = Meter.CreateCounter<long>(
            "broker.key.rotations", "{rotation}", "New key material taken up, or refused.");
        _notices = Meter.CreateCounter<long>(
            "broker.cluster.notices", "{notice}", "What became of notices for the cluster's Events.");
        _podReads = Meter.CreateCounter<long>(
            "broker.pod.reads", "{read}", "Pods that were looked at for a grant, by where.");
        _commands = Meter.CreateHistogram(
            "broker.command.duration", "s", "From a command's arrival to its durable outcome.", null, Seconds);
        _waits = Meter.CreateHistogram(
            "broker.command.wait", "s", "From a command's arrival to its turn.", null, Seconds);
        _commits = Meter.CreateHistogram(
            "broker.commit.duration", "s", "A durable commit, once for each command of its batch.", null, Seconds);
        _batches = Meter.CreateHistogram("broker.batch.events", "{event}", "Events of a batch.", null, Powers);
    }

    /// <summary>This broker's own meter: another broker of the process has another one of the same name.</summary>
    public Meter Meter { get; }

    public void Dispose() => Meter.Dispose();

    /// <summary>A problem was answered.</summary>
    public void Refused(string code) => _refusals.Add(1, Label("code", code));

    /// <summary>New key material was taken up (<c>taken</c>) or could not be (<c>refused</c>).</summary>
    public void Rotated(string outcome) => _rotations.Add(1, Label("outcome", outcome));

    /// <summary>What became of a notice for the cluster's Events.</summary>
    public void Noticed(string outcome) => _notices.Add(1, Label("outcome", outcome));

    /// <summary>
    /// A pod was looked at for a grant: in the copy (<c>cache</c>), at the API server (<c>read</c>), or it could not be
    /// (<c>failed</c>).
    /// </summary>
    public void PodRead(string outcome) => _podReads.Add(1, Label("outcome", outcome));

    /// <summary>A command was told its outcome; reads and trials count as nothing.</summary>
    public void Told(WorkTimes times)
    {
        if (times.What == "Read" || times.What.StartsWith("Try", StringComparison.Ordinal))
        {
            return;
        }

        var label = Label("command", times.What);
        _commands.Record(_time.GetElapsedTime(times.QueuedAt).TotalSeconds, label);
        _waits.Record(_time.GetElapsedTime(times.QueuedAt, times.BegunAt).TotalSeconds, label);
        if (times.CommittingAt != 0)
        {
            _commits.Record(_time.GetElapsedTime(times.CommittingAt, times.DurableAt).TotalSeconds);
        }
    }

    /// <summary>A batch is durable.</summary>
    public void Committed(IReadOnlyList<Fact> facts)
    {
        _batches.Record(facts.Count);
        foreach (var fact in facts)
        {
            _events.Add(1, Label("type", EventCodec.TypeName(fact)));
            switch (fact.Event)
            {
                case LeaseGranted:
                    _grants.Add(1, Label("what", "lease"));
                    break;
                case BlockGranted:
                    _grants.Add(1, Label("what", "block"));
                    break;
                case LeaseReleased:
                    _releases.Add(1, Label("what", "lease"));
                    break;
                case BlockReleased:
                    _releases.Add(1, Label("what", "block"));
                    break;
                case LeaseReclaimed:
                    _reclaims.Add(1, Label("what", "lease"));
                    break;
                case BlockReclaimed:
                    _reclaims.Add(1, Label("what", "block"));
                    break;
                default:
                    break;
            }
        }
    }

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
