using System.Diagnostics.Metrics;
using Broker.Journal.Writing;
using Broker.Kubernetes.PodCidrs;
using Broker.Server.Cluster.Pods;
using Broker.Server.Hosting;
using Broker.Server.Options;
using Broker.Server.Relay;
using Broker.Server.Streaming;
using Broker.Server.Tls;

namespace Broker.Server.Telemetry;

/// <summary>What is looked at when somebody reads the metrics. Nothing here waits for the writer.</summary>
internal sealed class BrokerGauges(
    BrokerMetrics metrics,
    LedgerWriter writer,
    PoolFigures pools,
    ConnectionRegistry connections,
    HandshakeRefusals handshakes,
    OpenStreams streams,
    LiveKeys keys,
    PodCidrLag podCidrs,
    RelayService relay,
    BrokerSettings settings,
    IServiceProvider services)
{
    // There only where a cluster is.
    private readonly PodService? _pods = services.GetService<PodService>();

    /// <summary>Puts the gauges on the meter; once.</summary>
    public void Register()
    {
        var meter = metrics.Meter;
        RegisterJournal(meter);
        RegisterCallers(meter);
        RegisterPools(meter);
        RegisterPods(meter);
        RegisterPodCidrs(meter);
        _ = meter.CreateObservableGauge(
            "broker.certificate.not_after", Certificates, "s", "When a certificate ends, in seconds since 1970.");
    }

    private void RegisterJournal(Meter meter)
    {
        _ = meter.CreateObservableGauge(
            "broker.queue.depth", () => writer.Waiting, "{command}", "Commands and reads that wait for their turn.");
        _ = meter.CreateObservableGauge(
            "broker.journal.events", () => writer.Durable.Size, "{event}", "Events of the journal.");
        _ = meter.CreateObservableGauge(
            "broker.journal.size",
            JournalBytes,
            "By",
            "The journal's file, without what is only in its write-ahead log.");
        _ = meter.CreateObservableGauge(
            "broker.relay.lag", () => relay.Lag, "{event}", "Durable events that pub/sub has not taken yet.");
        _ = meter.CreateObservableCounter(
            "broker.relay.failures", () => relay.Failures, "{call}", "Calls of the relay that were made again.");
        _ = meter.CreateObservableGauge(
            "broker.journal.epoch", () => writer.Durable.Epoch, "{epoch}", "The writer's epoch.");
    }

    private void RegisterCallers(Meter meter)
    {
        _ = meter.CreateObservableGauge(
            "broker.connections", () => connections.Count, "{connection}", "Open connections with a certificate.");
        _ = meter.CreateObservableCounter(
            "broker.connections.refused", () => connections.Refused, "{connection}", "Refused for a limit.");
        _ = meter.CreateObservableCounter(
            "broker.handshake.refusals",
            () => handshakes.Counts.Select(count => Labelled(count.Value, ("reason", count.Key))),
            "{handshake}",
            "Client certificates refused by the gate.");
        _ = meter.CreateObservableGauge(
            "broker.streams", () => streams.Count, "{stream}", "Open event streams.");
        _ = meter.CreateObservableGauge(
            "broker.streams.lag", () => streams.LagMax(writer.Durable.Size), "{event}", "Of the slowest stream.");
    }

    private void RegisterPools(Meter meter)
    {
        _ = meter.CreateObservableGauge("broker.pool.blocks", Blocks, "{block}", "Blocks by what they are.");
        _ = meter.CreateObservableGauge(
            "broker.pool.blocks.limit",
            () => pools.Read((pool, _) => pool.BlocksTotal).Select(p => Labelled(p.Value, ("pool", p.Pool))),
            "{block}",
            "Blocks that the pool's CIDR divides into.");
        _ = meter.CreateObservableGauge(
            "broker.pool.leases",
            () => pools.Read((pool, _) => pool.LeasesLive).Select(p => Labelled(p.Value, ("pool", p.Pool))),
            "{lease}",
            "Live leases.");
    }

    private void RegisterPods(Meter meter)
    {
        _ = meter.CreateObservableGauge(
            "broker.pods", () => _pods?.Watch.Count ?? 0, "{pod}", "Pods of the cluster that are known.");
        _ = meter.CreateObservableGauge(
            "broker.pods.readable",
            () => _pods is { Watch: { IsForbidden: false, ListBegun: not null } } ? 1 : 0,
            "{flag}",
            "1 when pods are read from the API server, else 0.");
        _ = meter.CreateObservableGauge(
            "broker.leaks.suspected",
            () => _pods?.Suspected ?? 0,
            "{lease}",
            "Leases whose pod was not there, or had ended, at one look.");
        _ = meter.CreateObservableGauge(
            "broker.leaks.holding",
            () => _pods is { IsHolding: true } ? 1 : 0,
            "{flag}",
            "1 when so many leases have no pod that none is reclaimed, else 0.");
    }

    private void RegisterPodCidrs(Meter meter)
    {
        _ = meter.CreateObservableGauge(
            "broker.podcidrs.pending", () => podCidrs.Pending, "{node}", "Nodes whose podCIDRs are not written yet.");
        _ = meter.CreateObservableGauge(
            "broker.podcidrs.lag", () => podCidrs.Oldest.TotalSeconds, "s", "How long the oldest of them has waited.");
        _ = meter.CreateObservableGauge(
            "broker.podcidrs.differing", () => podCidrs.Differing, "{node}", "Nodes with other podCIDRs than granted.");
    }

    private IEnumerable<Measurement<double>> Blocks() =>
        pools.Read((pool, _) => pool.BlocksLive)
            .Select(p => Labelled(p.Value, ("pool", p.Pool), ("state", "live")))
            .Concat(pools.Read((pool, time) => pool.CountCooling(time))
                .Select(p => Labelled(p.Value, ("pool", p.Pool), ("state", "cooling"))));

    private IEnumerable<Measurement<long>> Certificates() => keys.Current.Ends.Select(
        end => Labelled(end.NotAfter.ToUnixTimeSeconds(), ("certificate", end.Name)));

    private long JournalBytes()
    {
        var file = new FileInfo(Path.Combine(settings.DataFolder, "journal.db"));
        return file.Exists ? file.Length : 0;
    }

    private static Measurement<T> Labelled<T>(T value, params ReadOnlySpan<(string Name, string Value)> labels)
        where T : struct
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            tags[i] = new(labels[i].Name, labels[i].Value);
        }

        return new Measurement<T>(value, tags);
    }
}
