using Broker.Kubernetes.Client;
using Broker.Kubernetes.Csrs;
using Broker.Kubernetes.Nodes;
using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;
using Broker.Kubernetes.Witness;

namespace Broker.Kubernetes;

/// <summary>
/// The watcher of a cluster's CSRs and Nodes: sees, judges, and has recorded, before anything of it counts. Runs until
/// cancelled; the API server may come and go.
/// </summary>
public sealed class ClusterWitness
{
    private static readonly TimeSpan MarkEvery = TimeSpan.FromSeconds(10);
    private readonly List<ListWatch<ObservedCsr>> _csrs = [];
    private readonly ListWatch<NodeObject> _nodes;
    private readonly NodeTarget _nodeTarget;
    private readonly IContactMark _mark;
    private readonly TimeProvider _time;

    public ClusterWitness(
        IClusterApi api,
        CsrWitness witness,
        WitnessSettings settings,
        IWitnessLedger ledger,
        EvidenceClock evidence,
        WitnessSurroundings around)
    {
        (_mark, _time) = (around.Mark, around.Time);
        _nodeTarget = new NodeTarget(ledger, around.Times, around.Time, around.Warn)
        {
            Changed = around.NodesChanged,
        };
        _nodes = new ListWatch<NodeObject>(
            new ListSource<NodeObject>("nodes", api.ListNodesAsync, api.WatchNodesAsync),
            _nodeTarget, around.Times, around.Time, around.Failed);

        // One signer a watch, by field selector; their records meet in the ledger.
        foreach (var signer in settings.Signers.Order(StringComparer.Ordinal))
        {
            var target = new CsrTarget(
                signer, witness, settings, ledger, _nodeTarget, evidence, around.Time, around.Warn);
            _csrs.Add(new ListWatch<ObservedCsr>(
                new ListSource<ObservedCsr>(
                    "csrs",
                    cancellation => api.ListCsrsAsync(signer, cancellation),
                    (version, cancellation) => api.WatchCsrsAsync(signer, version, cancellation)),
                target, around.Times, around.Time, around.Failed));
        }
    }

    /// <summary>The Node of a name, as it was last seen.</summary>
    public Core.Commands.ObservedNode? FindNode(Core.Names.NodeName name) => _nodeTarget.Find(name);

    /// <summary>The Nodes as they were last seen.</summary>
    public IReadOnlyCollection<NodeObject> Nodes => _nodeTarget.Nodes;

    /// <summary>Completes with the first list of Nodes.</summary>
    public Task NodesListed => _nodeTarget.Ready;

    /// <summary>Asks for new lists of CSRs, soon: somebody shows a certificate that is not in the record.</summary>
    public void RequestList() => _csrs.ForEach(watch => watch.RequestList());

    /// <summary>Watches until cancelled.</summary>
    /// <exception cref="RecordStoppedException">The ledger takes nothing more.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Task> running =
        [
            _nodes.RunAsync(stop.Token),
            KeepMarkAsync(stop.Token),
            .. _csrs.Select(watch => watch.RunAsync(stop.Token)),
        ];
        try
        {
            await await Task.WhenAny(running).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task KeepMarkAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(MarkEvery, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
            {
                Mark();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped: what was heard until now is kept.
            Mark();
        }
    }

    private void Mark()
    {
        // The watch that was heard least recently counts: only then all of them were complete.
        if (_csrs.TrueForAll(watch => watch.LastContact is not null)
            && _csrs.Min(watch => watch.LastContact) is { } heard)
        {
            _mark.Write(heard);
        }
    }
}
