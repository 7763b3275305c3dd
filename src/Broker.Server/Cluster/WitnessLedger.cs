using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Broker.Journal.Writing;
using Broker.Kubernetes.Recording;

namespace Broker.Server.Cluster;

/// <summary>
/// Writes down what the witness saw. No call can be cancelled: what was seen may be gone from the cluster an hour
/// later.
/// </summary>
internal sealed class WitnessLedger(LedgerWriter writer) : IWitnessLedger
{
    /// <inheritdoc/>
    public async Task<Outcome<CsrView>> ObserveAsync(
        ObserveCsr command, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> certificate)
    {
        // Tried first: what is refused must leave nothing in the store, whose blobs stay for good.
        var trial = await DoAsync(() => writer.TryAsync(command, CancellationToken.None));
        if (trial.Refusal is not null)
        {
            return trial;
        }

        return await DoAsync(async () =>
        {
            _ = await writer.Store.PutBlobAsync(request, CancellationToken.None); // Its hash stands in the command.
            if (!certificate.IsEmpty)
            {
                _ = await writer.Store.PutBlobAsync(certificate, CancellationToken.None); // Its hash stands there too.
            }

            return await writer.SubmitAsync(command, CancellationToken.None);
        });
    }

    /// <inheritdoc/>
    public Task BindAsync(BindNode command) => SubmitAsync(command);

    /// <inheritdoc/>
    public Task LoseAsync(LoseNode command) => SubmitAsync(command);

    /// <inheritdoc/>
    public async Task ReclaimAsync(NodeName node, Evidence evidence, ObservedNode? nodeObject)
    {
        var blocks = await DoAsync(() => writer.ReadAsync(
            queries => Returning(queries, node).Where(block => block.Uid.Value == evidence.Uid).ToList(),
            CancellationToken.None));
        foreach (var block in blocks)
        {
            var command = new ReclaimBlock(Actor.Broker, block.Block, block.Generation, evidence, null)
            {
                NodeObject = nodeObject,
            };

            // A refusal is no fault: the node may have been readmitted, or the pool changed, a moment ago.
            Outcome<BlockReclaim> outcome;
            do
            {
                outcome = await DoAsync(() => writer.SubmitAsync(command, CancellationToken.None));
            }
            while (outcome.Answer is { LeasesLeft: > 0 });
        }
    }

    /// <inheritdoc/>
    public Task RecordGapAsync(RecordGap command) => SubmitAsync(command);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeView>> NodesAsync() => DoAsync(() => writer.ReadAsync<IReadOnlyList<NodeView>>(
        queries =>
        [
            .. queries.Nodes().Where(node => node.IsRegistered && node.Standing switch
            {
                Standing.Active or Standing.Quarantined => true,
                Standing.Fenced when node.BlocksLive > 0 => Returning(queries, node.Node).Any(),
                _ => false,
            }),
        ],
        CancellationToken.None));

    /// <summary>The node's blocks of pools that say that a Node's deletion is evidence.</summary>
    private static IEnumerable<BlockView> Returning(LedgerQueries queries, NodeName node) => queries.Blocks(node)
        .Where(block => queries.Pool(block.Pool) is { Spec.NodeDeletionIsEvidence: true });

    private async Task SubmitAsync<T>(Command<T> command)
        where T : class
    {
        var outcome = await DoAsync(() => writer.SubmitAsync(command, CancellationToken.None));
        if (outcome.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{command.GetType().Name} was refused: {refusal.Detail}");
        }
    }

    private static async Task<T> DoAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (WriterStoppedException stopped)
        {
            throw new RecordStoppedException(stopped.Message, stopped);
        }
    }
}
