using System.Threading.Channels;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;

namespace Broker.Kubernetes.PodCidrs;

/// <summary>
/// Keeps Nodes and ledger in step: what Nodes have is written down, what nodes were granted is written on their Nodes.
/// Compares everything each time, so that neither a restart nor an outage loses anything. Runs until cancelled.
/// </summary>
public sealed class PodCidrKeeper
{
    /// <summary>A look without any reason, so that no lost wake-up stays lost.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly PodCidrAdopter _adopter;
    private readonly PodCidrWriter _writer;
    private readonly IPodCidrLedger _ledger;
    private readonly ClusterWitness _witness;
    private readonly WitnessSurroundings _around;
    private readonly BackOff _backOff;

    public PodCidrKeeper(
        INodeSpecApi api, IPodCidrLedger ledger, ClusterWitness witness, PodCidrLag lag, WitnessSurroundings around)
    {
        (_ledger, _witness, _around) = (ledger, witness, around);
        _adopter = new PodCidrAdopter(ledger, around.Warn);
        _writer = new PodCidrWriter(api, lag, around.Warn);
        _backOff = new BackOff(around.Times, new Random());
    }

    /// <summary>Something may be to be done.</summary>
    public void Wake() => _ = _wake.Writer.TryWrite(true); // Full: it is awake already.

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="RecordStoppedException">The ledger takes nothing more.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await _witness.NodesListed.WaitAsync(cancellation).ConfigureAwait(false);
            while (true)
            {
                await LookAsync(cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        TimeSpan next;
        try
        {
            next = await RoundAsync(cancellation).ConfigureAwait(false) ? _backOff.Next() : LookEvery;
        }
        catch (Exception error) when (
            error is not (RecordStoppedException or OutOfMemoryException) && !cancellation.IsCancellationRequested)
        {
            _around.Failed("podCIDRs", error);
            await Task.Delay(_backOff.Next(), _around.Time, cancellation).ConfigureAwait(false);
            return;
        }

        if (next == LookEvery)
        {
            _backOff.Reset();
        }

        using var due = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(
            _wake.Reader.WaitToReadAsync(due.Token).AsTask(), Task.Delay(next, _around.Time, due.Token))
            .ConfigureAwait(false);
        await due.CancelAsync().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task<bool> RoundAsync(CancellationToken cancellation)
    {
        _ = _wake.Reader.TryRead(out _); // What happens from here on wakes anew.
        var state = await _ledger.ReadAsync().ConfigureAwait(false);
        if (state.Pools.Count == 0)
        {
            return false;
        }

        await _adopter.TakeAsync(state, _witness.Nodes).ConfigureAwait(false);

        // Read again: what was just written down is not to be taken for something that differs.
        state = await _ledger.ReadAsync().ConfigureAwait(false);
        return await _writer.WriteAsync(state, _witness.Nodes, cancellation).ConfigureAwait(false);
    }
}
