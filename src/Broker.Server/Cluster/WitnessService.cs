using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Kubernetes;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;
using Broker.Kubernetes.Witness;
using Broker.Server.Options;

namespace Broker.Server.Cluster;

/// <summary>Runs the witness of the cluster beside the listeners, and says in the log what it runs into.</summary>
internal sealed partial class WitnessService : BackgroundService
{
    private readonly ClusterWitness _witness;
    private readonly ILogger<WitnessService> _logger;

    public WitnessService(
        IClusterApi api,
        CsrWitness witness,
        KubernetesSettings settings,
        IWitnessLedger ledger,
        EvidenceClock evidence,
        IContactMark mark,
        TimeProvider time,
        ILogger<WitnessService> logger)
    {
        _logger = logger;
        _witness = new ClusterWitness(
            api, witness, settings.Witness, ledger, evidence,
            new WitnessSurroundings(time, new WatchTimes(), mark, Failed, Warn)
            {
                NodesChanged = () => NodesChanged?.Invoke(),
            });
    }

    /// <summary>Nodes came, changed or went.</summary>
    public event Action? NodesChanged;

    /// <summary>The witness itself.</summary>
    public ClusterWitness Witness => _witness;

    /// <summary>Asks for a new list of CSRs, soon.</summary>
    public void RequestList() => _witness.RequestList();

    /// <summary>The Node of a name, as it was last seen.</summary>
    public ObservedNode? FindNode(NodeName name) => _witness.FindNode(name);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _witness.RunAsync(stoppingToken);
        }
        catch (RecordStoppedException)
        {
            // The writer has stopped first; the host is told by its own watch of the writer.
            return;
        }
    }

    private void Failed(string what, Exception error) => LogFailed(what, error.Message);

    private void Warn(WitnessWarning warning) => LogWarning(warning.Code, warning.Name, warning.Detail);

    [LoggerMessage(1401, LogLevel.Warning, "Watching {What} failed and is tried again: {Reason}")]
    private partial void LogFailed(string what, string reason);

    [LoggerMessage(1402, LogLevel.Warning, "{Code} {Name}: {Detail}")]
    private partial void LogWarning(string code, string name, string detail);
}
