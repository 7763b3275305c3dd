using Broker.Kubernetes;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.PodCidrs;
using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;

namespace Broker.Server.Cluster;

/// <summary>
/// Runs the keeper of podCIDRs beside the witness. Needs <c>get</c> and <c>patch</c> on nodes, and does nothing while
/// no pool says <c>podCIDRs</c>.
/// </summary>
internal sealed partial class PodCidrService : BackgroundService
{
    private readonly PodCidrKeeper _keeper;
    private readonly ILogger<PodCidrService> _logger;

    public PodCidrService(
        INodeSpecApi api,
        IPodCidrLedger ledger,
        WitnessService witness,
        PodCidrLag lag,
        IContactMark mark,
        TimeProvider time,
        ILogger<PodCidrService> logger)
    {
        _logger = logger;
        _keeper = new PodCidrKeeper(
            api, ledger, witness.Witness, lag, new WitnessSurroundings(time, new WatchTimes(), mark, Failed, Warn));
        witness.NodesChanged += Wake;
    }

    /// <summary>Something may be to be done: Nodes changed, or the ledger did.</summary>
    public void Wake() => _keeper.Wake();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _keeper.RunAsync(stoppingToken);
        }
        catch (RecordStoppedException)
        {
            // The writer has stopped first; the host is told by its own watch of the writer.
            return;
        }
    }

    private void Failed(string what, Exception error) => LogFailed(what, error.Message);

    private void Warn(WitnessWarning warning) => LogWarning(warning.Code, warning.Name, warning.Detail);

    [LoggerMessage(1411, LogLevel.Warning, "Writing {What} failed and is tried again: {Reason}")]
    private partial void LogFailed(string what, string reason);

    [LoggerMessage(1412, LogLevel.Warning, "{Code} {Name}: {Detail}")]
    private partial void LogWarning(string code, string name, string detail);
}
