using System.Collections.Concurrent;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Leaks;
using Broker.Kubernetes.Pods;
using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;
using Broker.Server.Options;

namespace Broker.Server.Cluster.Pods;

/// <summary>Runs the watch of pods and the recovery of leaks, and says in the log what they run into.</summary>
internal sealed partial class PodService : BackgroundService
{
    private readonly ILogger<PodService> _logger;
    private readonly LeakWatch _leaks;
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    public PodService(
        IPodApi api, ILeakLedger ledger, KubernetesSettings settings, TimeProvider time, ILogger<PodService> logger)
    {
        _logger = logger;
        Watch = new PodWatch(api, new PodSurroundings(time, new WatchTimes(), Failed));
        _leaks = new LeakWatch(Watch, api, ledger, settings.Leaks, new LeakSurroundings(time, Failed, Warn));
    }

    /// <summary>The pods that are known.</summary>
    public PodWatch Watch { get; }

    /// <summary>Leases whose pod was not there at one look.</summary>
    public int Suspected => _leaks.Suspected;

    /// <summary>Whether so many are without a pod that none is reclaimed.</summary>
    public bool IsHolding => _leaks.IsHolding;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(Watch.RunAsync(stoppingToken), _leaks.RunAsync(stoppingToken));
        }
        catch (Exception error) when (error is RecordStoppedException or OperationCanceledException)
        {
            // The broker stops: the host is told of the writer's end by its own watch of it.
            return;
        }
    }

    private void Failed(string what, Exception error)
    {
        if (PodWatch.IsRefusedRight(error))
        {
            // The watch goes on asking; once is enough to say it.
            if (_told.TryAdd(what, true))
            {
                LogForbidden(what, what == "pods"
                    ? "pods are not verified, and no leaked address is reclaimed"
                    : "their annotations choose no pools");
            }

            return;
        }

        LogFailed(what, error.Message);
    }

    private void Warn(WitnessWarning warning) => LogWarning(warning.Code, warning.Name, warning.Detail);

    [LoggerMessage(1411, LogLevel.Warning, "Watching {What} failed and is tried again: {Reason}")]
    private partial void LogFailed(string what, string reason);

    [LoggerMessage(1412, LogLevel.Warning,
        "The broker may not read {What} (get, list, watch): {Consequence}, until it may")]
    private partial void LogForbidden(string what, string consequence);

    [LoggerMessage(1413, LogLevel.Warning, "{Code} {Name}: {Detail}")]
    private partial void LogWarning(string code, string name, string detail);
}
