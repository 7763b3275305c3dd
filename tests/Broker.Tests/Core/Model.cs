using Broker.Core.Addresses;
using Broker.Core.Pools;
using Broker.Core.Refusals;

namespace Broker.Tests.Core;

/// <summary>
/// One pool as lists that are searched from end to end, in seconds: what the rules of allocation say, written apart
/// from the product. Its changes throw when the rules forbid them. Addresses and blocks are numbers from 10.0.0.0 on.
/// </summary>
internal sealed class Model(PoolSpec first)
{
    private static readonly IpAddress origin = IpAddress.Parse("10.0.0.0");
    private readonly List<(int First, int Last)> _reserved = [];

    private readonly Dictionary<int, string> _blocks = [];
    private readonly List<(int Block, long At)> _releasedBlocks = [];
    private readonly Dictionary<int, (string Holder, string Request)> _leases = [];
    private readonly List<(int Offset, long At)> _released = [];
    private readonly HashSet<int> _usedAddresses = [];
    private readonly HashSet<int> _usedBlocks = [];
    private readonly Dictionary<string, long> _ended = [];
    private readonly Dictionary<string, long> _tombstones = [];
    private readonly Dictionary<string, long> _answered = [];

    // Who released an address, while nobody else was leased it; and the newest of each holder.
    private readonly Dictionary<int, string> _releasedBy = [];
    private readonly Dictionary<string, int> _former = [];

    public PoolSpec Spec { get; private set; } = first;

    public IReadOnlyList<(int First, int Last)> Reserved => _reserved;

    private int BlockSize => 1 << (32 - Spec.BlockPrefixLength);

    private int BlockWait => Math.Max(Spec.AddressCooldownSeconds, Spec.BlockCooldownSeconds);

    private IEnumerable<int> AllBlocks => Enumerable.Range(
        Number(Spec.Cidr.Network) / BlockSize, (1 << (32 - Spec.Cidr.PrefixLength)) / BlockSize);

    public static int Number(IpAddress address) => (int)(address.Value - origin.Value);

    public static IpAddress Address(int number) => origin.Plus((UInt128)number);

    public IEnumerable<string> Held() =>
        _leases.OrderBy(lease => lease.Key).Select(lease => $"{lease.Value.Holder} {lease.Key}");

    public IEnumerable<string> Blocks() =>
        _blocks.OrderBy(block => block.Key).Select(block => $"{block.Value} {block.Key}");

    public bool IsHeldBy(string node, string container, string request, int offset) =>
        _leases.TryGetValue(offset, out var lease) && lease == ($"{node} {container}", request);

    public bool HasFreeAddress(string node, string container, long now) =>
        FreeAddresses(node, now).Count > 0 || Former($"{node} {container}") is not null;

    /// <summary>Notes what a refusal leaves behind, as a broker that answers with it does.</summary>
    public RefusalCode? Refuse(string node, string container, string request, long now)
    {
        var why = WhyNoLease(node, container, request, now);
        if (why is not null)
        {
            NoteRefusal(node, container, now);
        }

        return why;
    }

    public void NoteRefusal(string node, string container, long now) => _answered[$"{node} {container}"] = now;

    /// <summary>Why an address that is asked for by itself is not granted.</summary>
    public RefusalCode? WhyNoAddress(string node, string container, int offset, long now)
    {
        var holder = $"{node} {container}";
        if (_leases.Values.Any(lease => lease.Holder == holder))
        {
            return RefusalCode.Conflict;
        }

        if (Remembers(_tombstones, holder, now))
        {
            return RefusalCode.RequestEnded;
        }

        if (!IsInPool(offset))
        {
            return RefusalCode.PoolUnknown;
        }

        if (!IsOpen(offset) || _leases.ContainsKey(offset))
        {
            return RefusalCode.AddressUnavailable;
        }

        var block = offset / BlockSize;
        if (_blocks.TryGetValue(block, out var owner))
        {
            var cools = _released.Exists(released =>
                released.Offset == offset && released.At + Spec.AddressCooldownSeconds > now);
            return owner != node || (cools && _releasedBy.GetValueOrDefault(offset) != holder)
                ? RefusalCode.AddressUnavailable
                : null;
        }

        if (_releasedBlocks.Exists(released => released.Block == block && released.At + BlockWait > now))
        {
            return RefusalCode.AddressUnavailable;
        }

        return HoldsAll(node) ? RefusalCode.BlockLimit : null;
    }

    public RefusalCode? WhyNoLease(string node, string container, string request, long now)
    {
        var holder = $"{node} {container}";
        if (_leases.Values.Any(lease => lease.Holder == holder))
        {
            return _leases.Values.Any(lease => lease == (holder, request)) ? null : RefusalCode.Conflict;
        }

        if (Remembers(_ended, node + request, now) || Remembers(_tombstones, holder, now))
        {
            return RefusalCode.RequestEnded;
        }

        if (HasFreeAddress(node, container, now))
        {
            return null;
        }

        return WhyNoBlock(node, now) switch
        {
            RefusalCode.PoolExhausted when _blocks.ContainsValue(node) => RefusalCode.BlockExhausted,
            var why => why,
        };
    }

    public RefusalCode? WhyNoBlock(string node, long now)
    {
        if (NextBlock(now) is null)
        {
            return RefusalCode.PoolExhausted;
        }

        return HoldsAll(node) ? RefusalCode.BlockLimit : null;
    }

    public void GrantBlock(string node, int block, long now)
    {
        Demand(WhyNoBlock(node, now) is null && NextBlock(now) == block, $"block {block} to {node}");
        TakeBlock(node, block);
    }

    /// <summary>Grants the block of an address that was asked for by itself.</summary>
    public void GrantBlockOf(string node, int offset)
    {
        Demand(!HoldsAll(node) && !_blocks.ContainsKey(offset / BlockSize), $"the block of {offset} to {node}");
        TakeBlock(node, offset / BlockSize);
    }

    private void TakeBlock(string node, int block)
    {
        _blocks.Add(block, node);
        _ = _usedBlocks.Add(block);
        _ = _releasedBlocks.RemoveAll(released => released.Block == block);
    }

    public void GrantLease(string node, string container, int offset, long now, string request = "")
    {
        Demand(
            Former($"{node} {container}") is { } own ? own == offset : FreeAddresses(node, now).Contains(offset),
            $"address {offset} to {node}");
        GrantAddress(node, container, offset, request);
    }

    /// <summary>Grants an address that was asked for by itself, and that may be.</summary>
    public void GrantAddress(string node, string container, int offset, string request)
    {
        Demand(_blocks.GetValueOrDefault(offset / BlockSize) == node, $"address {offset} to {node}");
        foreach (var holder in _former.Where(former => former.Value == offset).Select(former => former.Key).ToList())
        {
            _ = _former.Remove(holder);
        }

        _ = _releasedBy.Remove(offset);
        _leases.Add(offset, ($"{node} {container}", request));
        _ = _usedAddresses.Add(offset);
        _ = _released.RemoveAll(released => released.Offset == offset);
    }

    public int Release(string node, string container, long now, bool byNode = true)
    {
        var holder = $"{node} {container}";
        foreach (var (offset, lease) in _leases)
        {
            if (lease.Holder == holder)
            {
                _ = _leases.Remove(offset);
                _released.Add((offset, now));
                if (byNode)
                {
                    (_releasedBy[offset], _former[holder]) = (holder, offset);
                }

                _ended[node + lease.Request] = now;
                _answered[holder] = now;
                return 1;
            }
        }

        if (!Remembers(_answered, holder, now))
        {
            _tombstones[holder] = now;
        }

        return 0;
    }

    /// <summary>
    /// Ends what was seen, unless it has ended: then nothing, and no trace of it. That a lease of the same holder and
    /// address is another one is told by the position in the product, and by the request here.
    /// </summary>
    public int Reclaim(string node, string container, (int Offset, string Request) seen, long now) =>
        IsHeldBy(node, container, seen.Request, seen.Offset) ? Release(node, container, now, byNode: false) : 0;

    public RefusalCode? ReleaseBlock(string node, int block, long now)
    {
        if (_blocks[block] != node)
        {
            return RefusalCode.BlockUnknown;
        }

        if (_leases.Keys.Any(offset => offset / BlockSize == block))
        {
            return RefusalCode.BlockInUse;
        }

        EndBlock(block, now);
        return null;
    }

    /// <summary>Ends all that is held in a block, and the block; the number of leases.</summary>
    public int Reclaim(int block, long now)
    {
        var ended = _leases.Where(lease => lease.Key / BlockSize == block).ToList();
        foreach (var (offset, lease) in ended)
        {
            _ = _leases.Remove(offset);
            _ended[_blocks[block] + lease.Request] = now;
            _answered[lease.Holder] = now;
        }

        EndBlock(block, now);
        return ended.Count;
    }

    /// <summary>Null when it is made, or is there already.</summary>
    public RefusalCode? Reserve(int first, int last)
    {
        if (_reserved.Contains((first, last)))
        {
            return null;
        }

        if (!IsInPool(first) || !IsInPool(last))
        {
            return RefusalCode.PoolUnknown;
        }

        if (_reserved.Exists(range => range.First <= last && first <= range.Last))
        {
            return RefusalCode.ReservationOverlaps;
        }

        if (_leases.Keys.Any(number => first <= number && number <= last))
        {
            return RefusalCode.AddressHeld;
        }

        _reserved.Add((first, last));
        return null;
    }

    public void Drop((int First, int Last) range) => Demand(_reserved.Remove(range), $"a drop of {range}");

    public RefusalCode? Change(PoolSpec spec)
    {
        if (!Enumerable.Range(0, 1 << (32 - spec.Cidr.PrefixLength)).Any(offset => Naive.IsUsable(spec, offset)))
        {
            return RefusalCode.InvalidPool;
        }

        if ((spec.Network == PoolNetwork.Flat && spec.Cidr != Spec.Cidr && _blocks.Count > 0)
            || _leases.Keys.Any(number => !Naive.IsUsable(spec, Address(number))))
        {
            return RefusalCode.PoolChangeRefused;
        }

        Spec = spec;
        return null;
    }

    /// <summary>Each live block with what of it is free now, and what is cooling.</summary>
    public IEnumerable<string> Free(long now)
    {
        foreach (var block in _blocks.Keys.Order())
        {
            var usable = Usable(block);
            var cooling = _released.Count(released => usable.Contains(released.Offset)
                && released.At + Spec.AddressCooldownSeconds > now);
            yield return $"{block} {usable.Count(number => !_leases.ContainsKey(number)) - cooling} {cooling}";
        }
    }

    /// <summary>The blocks that are live or may be granted some day, and those that cool.</summary>
    public (int Total, int Cooling) Count(long now) => (
        AllBlocks.Count(block => _blocks.ContainsKey(block) || Usable(block).Count > 0),
        _releasedBlocks.Count(released => released.At + BlockWait > now && Usable(released.Block).Count > 0));

    private void EndBlock(int block, long now)
    {
        _ = _blocks.Remove(block);
        _releasedBlocks.Add((block, now));
        _ = _released.RemoveAll(released => released.Offset / BlockSize == block);
        _ = _usedAddresses.RemoveWhere(offset => offset / BlockSize == block);
        foreach (var (holder, offset) in _former.Where(former => former.Value / BlockSize == block).ToList())
        {
            _ = _former.Remove(holder);
        }

        foreach (var offset in _releasedBy.Keys.Where(offset => offset / BlockSize == block).ToList())
        {
            _ = _releasedBy.Remove(offset);
        }
    }

    private bool HoldsAll(string node) => _blocks.Values.Count(owner => owner == node) >= Spec.BlocksPerNodeMax;

    /// <summary>What a holder released last, if it is there to be had.</summary>
    private int? Former(string holder) =>
        _former.TryGetValue(holder, out var offset) && IsOpen(offset) ? offset : null;

    private bool IsInPool(int number) => Spec.Cidr.Contains(Address(number));

    private static bool Remembers(Dictionary<string, long> memory, string key, long now) =>
        memory.TryGetValue(key, out var at) && now < at + 600;

    private static void Demand(bool allowed, string what)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"The model does not allow {what}.");
        }
    }

    private int? NextBlock(long now)
    {
        foreach (var block in AllBlocks)
        {
            if (!_usedBlocks.Contains(block) && Usable(block).Count > 0)
            {
                return block;
            }
        }

        var released = _releasedBlocks.Where(released => Usable(released.Block).Count > 0).Take(1).ToList();
        return released.Count > 0 && released[0].At + BlockWait <= now ? released[0].Block : null;
    }

    private bool IsReserved(int number) => _reserved.Exists(range => range.First <= number && number <= range.Last);

    private bool IsOpen(int number) => Naive.IsUsable(Spec, Address(number)) && !IsReserved(number);

    private List<int> Usable(int block) =>
        [.. Enumerable.Range(block * BlockSize, BlockSize).Where(IsOpen)];

    /// <summary>Of each block the first never-used address, else the longest-released if it has cooled.</summary>
    private List<int> FreeAddresses(string node, long now)
    {
        var free = new List<int>();
        foreach (var block in _blocks.Where(block => block.Value == node).Select(block => block.Key))
        {
            var unused = Usable(block).Where(offset => !_usedAddresses.Contains(offset)).ToList();
            var oldest = _released
                .Where(released => released.Offset / BlockSize == block && IsOpen(released.Offset)).Take(1).ToList();
            if (unused.Count > 0)
            {
                free.Add(unused[0]);
            }
            else if (oldest.Count > 0 && oldest[0].At + Spec.AddressCooldownSeconds <= now)
            {
                free.Add(oldest[0].Offset);
            }
        }

        return free;
    }
}
