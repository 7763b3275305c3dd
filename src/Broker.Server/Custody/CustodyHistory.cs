using Broker.Contracts.Custody;
using Broker.Core.Names;
using Broker.Journal.Writing;
using Broker.Server.Api;
using Broker.Server.History;

namespace Broker.Server.Custody;

/// <summary>
/// A node's chain of custody: what it is now from the state, and how it came to be from one pass over the journal, in
/// which nothing is ever pruned.
/// </summary>
internal sealed class CustodyHistory(
    LedgerWriter writer, JournalScans scans, CustodyDescription description, Answers answers)
{
    /// <returns>Null when the broker never knew the node.</returns>
    public async Task<NodeCustody?> FindAsync(NodeName name, CancellationToken cancellation)
    {
        var (node, blocks) = await writer.ReadAsync(
            queries => (queries.Node(name), queries.Blocks(name)), cancellation);
        if (node is null)
        {
            return null;
        }

        var scan = new CustodyScan(name);
        await scans.RunAsync(scan, cancellation);
        return new NodeCustody(
            name.Value,
            node.Uid.Value,
            node.IsRegistered,
            WireWords.Of(node.Standing),
            await EachAsync(scan.Standings.Kept, placed => description.OfAsync(placed, cancellation)),
            await EachAsync(scan.Requests.Kept, request => description.OfAsync(request, cancellation)),
            await EachAsync(scan.Certificates.Kept, certificate => description.OfAsync(certificate, cancellation)),
            [.. scan.Alarms.Kept.Select(CustodyDescription.Alarm)],
            [.. blocks.Select(Wire.Of)],
            node.BlocksLive,
            node.LeasesLive,
            new CustodyEarlier(
                scan.Standings.Earlier, scan.Requests.Earlier, scan.Certificates.Earlier, scan.Alarms.Earlier),
            answers.Position);
    }

    private static async Task<IReadOnlyList<TWire>> EachAsync<T, TWire>(
        IReadOnlyCollection<T> items, Func<T, Task<TWire>> toWire)
    {
        var list = new List<TWire>(items.Count);
        foreach (var item in items)
        {
            list.Add(await toWire(item));
        }

        return list;
    }
}
