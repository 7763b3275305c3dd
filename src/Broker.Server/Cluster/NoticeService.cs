using Broker.Kubernetes.Events;
using Broker.Server.Telemetry;

namespace Broker.Server.Cluster;

/// <summary>Publishes the cluster's notices beside the listeners, and says in the log when it may not.</summary>
internal sealed partial class NoticeService : BackgroundService
{
    private readonly ILogger<NoticeService> _logger;

    public NoticeService(
        IEventApi api,
        WitnessService witness,
        BrokerMetrics metrics,
        TimeProvider time,
        ILogger<NoticeService> logger)
    {
        _logger = logger;
        Publisher = new EventPublisher(
            api,
            new EventLimits(),
            new EventSurroundings(time, node => witness.FindNode(node)?.Uid.Value, metrics.Noticed, LogOff));
    }

    /// <summary>Where notices are handed over.</summary>
    public EventPublisher Publisher { get; }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Publisher.RunAsync(stoppingToken);

    [LoggerMessage(1411, LogLevel.Warning, "Events of the cluster are off, and are tried again from time to time: "
        + "{Reason}. The rights are in deploy/rbac/events-writer.yaml; kubernetes:events=off ends this.")]
    private partial void LogOff(string reason);
}
