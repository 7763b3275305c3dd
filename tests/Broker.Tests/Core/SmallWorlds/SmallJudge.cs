using System.Text;
using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core.SmallWorlds;

/// <summary>
/// Reads facts as they come and holds them against the invariants, with lists that are searched from end to end: an
/// address or a block twice (I1), a lease outside of its node's block (I2), a return before its time (I3), one that
/// is reserved (I4), a block that leaves with something held in it (I5), half a dual-stack grant (I6).
/// </summary>
internal sealed class SmallJudge(int cooldownSeconds)
{
    private static readonly IpFamily[] both = [IpFamily.IPv4, IpFamily.IPv6];

    private readonly List<(Cidr Block, Generation Generation, NodeName Node)> _blocks = [];
    private readonly List<(Cidr Block, Generation Generation, long At)> _endedBlocks = [];
    private readonly List<(LeaseGranted Lease, long Position, RequestId Request)> _leases = [];
    private readonly List<(LeaseGranted Lease, long Position, RequestId Request, long At, bool ByNode)> _ended = [];
    private readonly List<IpRange> _reserved = [];
    private readonly HashSet<NodeName> _fenced = [];
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);

    /// <summary>The block that ended first of all.</summary>
    public (Cidr Block, Generation Generation)? FirstEnded =>
        _endedBlocks is [var first, ..] ? (first.Block, first.Generation) : null;

    /// <summary>The lease that an attachment holds, or held last.</summary>
    public (Attachment Attachment, long Position)? LastOf(Attachment attachment)
    {
        var all = _ended.Select(ended => (ended.Lease.Attachment, ended.Position))
            .Concat(_leases.Select(lease => (lease.Lease.Attachment, lease.Position)));
        var last = all.Where(lease => lease.Attachment == attachment).Select(lease => lease.Position)
            .DefaultIfEmpty(-1).Max();
        return last < 0 ? null : (attachment, last);
    }

    /// <summary>Takes up the facts of one command.</summary>
    public void Take(long position, IReadOnlyList<Fact> facts, long now, bool isHalf = false)
    {
        foreach (var fact in facts)
        {
            Take(position++, fact, now);
        }

        var granted = isHalf ? [] : facts.Where(fact => fact.Event is LeaseGranted);
        foreach (var grant in granted.GroupBy(fact => fact.Request))
        {
            Assert.True(grant.Select(fact => ((LeaseGranted)fact.Event).Address.Family).Order().SequenceEqual(both));
        }
    }

    /// <summary>Notes what left no fact behind, and yet may matter for what follows.</summary>
    public void Note(string what) => _ = _notes.Add(what);

    /// <summary>Whether what a request was granted lives, has ended, or was never.</summary>
    public char StatusOf(RequestId request) => _leases.Exists(lease => lease.Request == request)
        ? 'l'
        : _ended.Exists(lease => lease.Request == request) ? 'e' : 'n';

    public void Holds(IpAddress address, Attachment attachment, RequestId request) =>
        Assert.Contains(_leases, lease =>
            lease.Lease.Address == address && lease.Lease.Attachment == attachment && lease.Request == request);

    /// <summary>Whether a node could be granted a block, or in each family an address as well.</summary>
    public bool HasRoom(NodeName node, bool leases, IpAddress? reserved, long now)
    {
        return HasBlock("10.0.0.0/31", "10.0.0.2/31") && HasBlock("fd00::/127", "fd00::2/127");

        bool HasBlock(params string[] blocks) => blocks.Select(Cidr.Parse).Any(block =>
        {
            var held = _blocks.Find(live => live.Block == block);
            var isFree = held == default && !_endedBlocks.Exists(ended => ended.Block == block && Cools(ended.At, now));
            var isOwn = held.Node == node && held != default;
            return (isFree && Open(block).Any()) || (leases && isOwn && Open(block).Any(address =>
                !_leases.Exists(lease => lease.Lease.Address == address)
                && !_ended.Exists(ended => ended.Lease.Address == address
                    && ended.Lease.Generation == held.Generation && Cools(ended.At, now))));
        });

        IEnumerable<IpAddress> Open(Cidr block) =>
            ((IpAddress[])[block.Network, block.Last]).Where(address => address != reserved);
    }

    /// <summary>Holds what the ledger answers against what the facts say.</summary>
    public void Compare(LedgerQueries queries)
    {
        // Compared as sequences: for so many worlds the words of a collection's assertion cost too much.
        var blocks = _blocks.Select(block => (block.Block, block.Generation, block.Node)).OrderBy(block => block.Block);
        Assert.True(blocks.SequenceEqual(
            queries.Blocks(null).Select(block => (block.Block, block.Generation, block.Node))));
        var leases = _leases.Select(lease => (lease.Lease.Address, lease.Lease.Attachment, lease.Position))
            .OrderBy(lease => lease.Address.Family).ThenBy(lease => lease.Address);
        Assert.True(leases.SequenceEqual(
            queries.Leases(null, 100).Select(lease => (lease.Address, lease.Attachment, lease.Position))
                .OrderBy(lease => lease.Address.Family).ThenBy(lease => lease.Address)));
    }

    /// <summary>The same for two worlds that differ in positions, ids and what has long cooled only.</summary>
    public string Key(long now, IReadOnlyList<NodeCaller> nodes)
    {
        var text = new StringBuilder();
        foreach (var (block, _, node) in _blocks.OrderBy(block => block.Block))
        {
            _ = text.Append(block).Append(node).Append(';');
        }

        foreach (var ended in _endedBlocks)
        {
            _ = text.Append(ended.Block).Append('~').Append(Left(ended.At, now)).Append(';');
        }

        foreach (var lease in _leases.OrderBy(lease => lease.Lease.Address))
        {
            _ = text.Append(lease.Lease.Address).Append(Holder(lease.Lease)).Append(';');
        }

        foreach (var ended in _ended)
        {
            // Of a lease whose block has ended only the holder counts: it is what a late reclaim would name.
            var isOld = !_blocks.Exists(block => block.Generation == ended.Lease.Generation);
            _ = text.Append(isOld ? "-" : ended.Lease.Address.ToString()).Append(ended.ByNode)
                .Append(Holder(ended.Lease)).Append('~').Append(isOld ? 0 : Left(ended.At, now)).Append(';');
        }

        foreach (var node in nodes)
        {
            _ = text.Append(_fenced.Contains(node.Name) ? 'f' : '.');
        }

        return text.Append(_reserved.Count).AppendJoin(',', _notes).ToString();

        static string Holder(LeaseGranted lease) => lease.Attachment.Node.Value + lease.Attachment.ContainerId;
    }

    private void Take(long position, Fact fact, long now)
    {
        switch (fact.Event)
        {
            case BlockGranted granted:
                Assert.DoesNotContain(_blocks, live => live.Block.Overlaps(granted.Block));
                Assert.DoesNotContain(_endedBlocks, old => old.Block == granted.Block && Cools(old.At, now));
                Assert.DoesNotContain(granted.Node, _fenced);
                _blocks.Add((granted.Block, new Generation(position), granted.Node));
                break;
            case BlockReleased released:
                EndBlock(released.Block, released.Generation, released.Node, now);
                break;
            case BlockReclaimed reclaimed:
                EndBlock(reclaimed.Block, reclaimed.Generation, reclaimed.Node, now);
                break;
            case LeaseGranted granted:
                Grant(granted, position, fact, now);
                break;
            case LeaseReleased released:
                End(released.Address, released.Granted, now, byNode: true);
                break;
            case LeaseReclaimed reclaimed:
                End(reclaimed.Address, reclaimed.Granted, now, byNode: false);
                break;
            case ReservationMade made:
                Assert.DoesNotContain(_leases, lease => made.Addresses.Contains(lease.Lease.Address));
                _reserved.Add(made.Addresses);
                break;
            case ReservationDropped dropped:
                Assert.True(_reserved.Remove(dropped.Addresses));
                break;
            case NodeFenced fenced:
                _ = _fenced.Add(fenced.Node);
                break;
            case NodeReadmitted readmitted:
                Assert.True(_fenced.Remove(readmitted.Node));
                break;
        }
    }

    private void Grant(LeaseGranted granted, long position, Fact fact, long now)
    {
        var address = granted.Address;
        var block = Assert.Single(_blocks, live => live.Block.Contains(address));
        Assert.Equal((granted.Generation, granted.Node), (block.Generation, block.Node));
        Assert.DoesNotContain(granted.Node, _fenced);
        Assert.DoesNotContain(_leases, live => live.Lease.Address == address);
        var last = _ended.FindLast(old => old.Lease.Address == address);
        Assert.True(
            last == default || !Cools(last.At, now)
                || (last.ByNode && last.Lease.Generation == granted.Generation
                    && last.Lease.Attachment == granted.Attachment),
            $"{address} cools");
        Assert.DoesNotContain(_reserved, range => range.Contains(address));
        Assert.DoesNotContain(_ended, old => old.Request == fact.Request!.Value);
        _leases.Add((granted, position, fact.Request!.Value));
    }

    private void End(IpAddress address, long granted, long now, bool byNode)
    {
        var lease = Assert.Single(_leases, live => live.Lease.Address == address);
        Assert.Equal(granted, lease.Position);
        _ = _leases.Remove(lease);
        _ended.Add((lease.Lease, lease.Position, lease.Request, now, byNode));
    }

    private void EndBlock(Cidr block, Generation generation, NodeName node, long now)
    {
        Assert.DoesNotContain(_leases, lease => block.Contains(lease.Lease.Address));
        Assert.True(_blocks.Remove((block, generation, node)));
        _endedBlocks.Add((block, generation, now));
    }

    private bool Cools(long at, long now) => at + cooldownSeconds > now;

    private long Left(long at, long now) => Math.Max(0, at + cooldownSeconds - now);
}
