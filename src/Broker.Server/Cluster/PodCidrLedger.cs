using System.Security.Cryptography;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.PodCidrs;
using Broker.Core.Views;
using Broker.Journal.Writing;
using Broker.Kubernetes.PodCidrs;
using Broker.Kubernetes.Recording;

namespace Broker.Server.Cluster;

/// <summary>The podCIDRs of the ledger: read when durable, written down through its writer.</summary>
internal sealed class PodCidrLedger(LedgerWriter writer) : IPodCidrLedger
{
    /// <inheritdoc/>
    public Task<PodCidrState> ReadAsync() => DoAsync(() => writer.ReadAsync(Read, CancellationToken.None));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> AdoptAsync(NodePodCidrs seen)
    {
        var owner = PrivateText.Seal(seen.Node.Value, RandomNumberGenerator.GetBytes(PrivateText.SaltBytes));
        var outcome = await DoAsync(() => writer.SubmitAsync(new AdoptPodCidrs(seen, owner), CancellationToken.None));
        return outcome.Refusal is { } refusal ? [refusal.Detail] : outcome.Answer!.Conflicts;
    }

    private static PodCidrState Read(LedgerQueries queries)
    {
        var pools = queries.PodCidrPools();
        var held = pools
            .SelectMany(pool => queries.BlocksOf(pool.Name))
            .GroupBy(block => (block.Node, block.Uid))
            .Select(blocks => new HeldPodCidrs(
                blocks.Key.Node,
                blocks.Key.Uid,
                queries.Node(blocks.Key.Node) is { Standing: Standing.Active or Standing.Quarantined },
                [.. blocks.Select(block => block.Block)]));
        return new PodCidrState([.. pools.Select(pool => pool.Cidr)], [.. held]);
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
