using Broker.Core.Addresses;
using Broker.Core.Blocks;
using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Xunit;

namespace Broker.Tests.Core;

public sealed class PoolTests
{
    private readonly World _world = new();

    public static TheoryData<string, PoolSpec> Malformed => new()
    {
        { "name", World.Pool("p", "10.0.0.0/16", 26) with { Name = default } },
        { "network", World.Pool("p", "10.0.0.0/16", 26) with { Network = (PoolNetwork)9 } },
        { "lessor", World.Pool("p", "10.0.0.0/16", 26) with { Lessor = (Lessor)9 } },
        { "addressCooldownSeconds", World.Pool("p", "10.0.0.0/16", 26, cooldown: 86_401) },
        { "blockCooldownSeconds", World.Pool("p", "10.0.0.0/16", 26, blockCooldown: -1) },
        { "blocksPerNodeMax", World.Pool("p", "10.0.0.0/16", 26, blocksMax: 0) },
        { "cidr", World.Pool("p", "10.0.0.0/16", 26) with { Cidr = default } },
        { "cidr", World.Pool("p", "0.0.0.0/7", 26) },
        { "cidr", World.Pool("p", "fd00::/15", 64) with { Cidr = new Cidr(IpAddress.Parse("fc00::"), 15) } },
        { "cidr", World.Pool("p", "10.0.0.0/16", 26) with { Cidr = new Cidr(IpAddress.Parse("10.0.0.1"), 16) } },
        { "exclusions", World.Pool("p", "10.0.0.0/16", 26) with { Exclusions = new IpRange[257] } },
    };

    public static TheoryData<string, PoolSpec> Contradictory => new()
    {
        { "cidr", World.Pool("p", "::/16", 64) },
        { "cidr", World.Pool("p", "::/80", 96, exclusions: "::-::fffe:ffff:ffff") },
        { "cidr", World.Pool("p", "::/80", 96) with { Cidr = Mapped(96), BlockPrefixLength = 120 } },
        { "cidr", World.Pool("p", "::/80", 96) with { Cidr = Mapped(112), BlockPrefixLength = 120 } },
        { "blockPrefixLength", World.Pool("p", "10.0.0.0/16", 15) },
        { "blockPrefixLength", World.Pool("p", "10.0.0.0/8", 15) },
        { "blockPrefixLength", World.Pool("p", "10.0.0.0/16", 33) },
        { "blockPrefixLength", World.Pool("p", "10.0.0.0/16", 32) },
        { "blockPrefixLength", World.Pool("p", "fd00::/64", 128) },
        { "exclusions", World.Pool("p", "10.0.0.0/16", 26, exclusions: "10.1.0.0") },
        { "exclusions", World.Pool("p", "10.0.0.0/16", 26, exclusions: "fd00::1") },
        { "exclusions", World.Pool("p", "10.0.0.0/16", 26, exclusions: "10.0.0.0/16") },
        { "exclusions", World.Pool("p", "10.0.0.0/30", 30, exclusions: "10.0.0.2") },
        { "exclusions", World.Pool("p", "10.0.0.0/32", 32, PoolNetwork.Flat) },
    };

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public void A_malformed_field_is_named(string field, PoolSpec spec)
    {
        var refusal = _world.Decide(new DefinePool(World.Operator, spec, true, null)).Refusal;

        Assert.Equal(RefusalCode.InvalidField, refusal?.Code);
        Assert.StartsWith(field, refusal!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Contradictory), DisableDiscoveryEnumeration = true)]
    public void A_pool_that_contradicts_itself_is_refused(string field, PoolSpec spec)
    {
        var refusal = _world.Decide(new DefinePool(World.Operator, spec, true, null)).Refusal;

        Assert.Equal(RefusalCode.InvalidPool, refusal?.Code);
        Assert.StartsWith(field, refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Exclusions_too_long_for_one_event_are_refused()
    {
        var ranges = new string[200];
        for (var i = 0; i < ranges.Length; i++)
        {
            ranges[i] = $"10.0.{i}.10-10.0.{i}.20";
        }

        _world.Refused(
            RefusalCode.InvalidField,
            new DefinePool(World.Operator, World.Pool("p", "10.0.0.0/16", 26, exclusions: ranges), true, null));
    }

    [Fact]
    public void The_same_definition_is_answered_again()
    {
        var spec = World.Pool("p", "10.0.0.0/16", 26, exclusions: ["10.0.0.5", "10.0.1.0/24"]);
        var view = _world.Define(spec, open: false);
        var size = _world.Ledger.Size;

        var again = _world.Define(World.Pool("p", "10.0.0.0/16", 26, exclusions: ["10.0.0.5", "10.0.1.0/24"]), false);

        Assert.Equal(size, _world.Ledger.Size);
        Assert.Equal(view.Position, again.Position);
        Assert.True(_world.Define(spec).Open);
        Assert.Equal(view.Position, _world.Facts[^1].Prev);
        Assert.Equal(size + 1, _world.Ledger.Size);
        Assert.True(_world.Run(new OpenPool(World.Operator, spec.Name, null)).Open);
        Assert.Equal(size + 1, _world.Ledger.Size);
        _world.Refused(RefusalCode.PoolUnknown, new OpenPool(World.Operator, PoolName.Parse("q"), null));
    }

    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("10.5.0.0/16")]
    [InlineData("10.5.128.0/17")]
    [InlineData("10.0.0.0/9")]
    public void Pools_never_overlap(string cidr)
    {
        _world.Define(World.Pool("a", "10.5.0.0/16", 26));
        _world.Define(World.Pool("b", "10.4.0.0/16", 26));
        _world.Define(World.Pool("c", "10.6.0.0/16", 26));

        _world.Refused(
            RefusalCode.PoolOverlaps, new DefinePool(World.Operator, World.Pool("p", cidr, 26), true, null));
        _world.Define(World.Pool("d", "10.7.0.0/16", 26));
    }

    [Fact]
    public void A_ledger_has_a_bound_of_pools()
    {
        _world.Validates = false;
        for (var i = 0; i < 1024; i++)
        {
            _world.Define(World.Pool($"p{i}", $"10.{i / 256}.{i % 256}.0/24", 26));
        }

        Assert.Empty(_world.Ledger.Validate());
        _world.Refused(
            RefusalCode.LedgerLimit, new DefinePool(World.Operator, World.Pool("q", "11.0.0.0/24", 26), true, null));
        Assert.Equal("10.1.0.0/26", _world.Block(_world.Admit("node-a"), "p256").Block.ToString());
    }

    [Theory]
    [InlineData("10.0.0.0/30", PoolNetwork.Routed, "10.0.0.2")]
    [InlineData("10.0.0.0/31", PoolNetwork.Routed, "10.0.0.1")]
    [InlineData("10.0.0.0/31", PoolNetwork.Flat, "10.0.0.1")]
    [InlineData("10.0.0.0/31", PoolNetwork.Host, "10.0.0.0 10.0.0.1")]
    [InlineData("fd00::/126", PoolNetwork.Routed, "fd00::2 fd00::3")]
    [InlineData("fd00::/126", PoolNetwork.Flat, "fd00::2 fd00::3")]
    [InlineData("fd00::/127", PoolNetwork.Routed, "fd00::1")]
    [InlineData("fd00::/128", PoolNetwork.Host, "fd00::")]
    public void What_is_kept_back_follows_the_network(string cidr, PoolNetwork network, string usable)
    {
        var prefix = Cidr.Parse(cidr).PrefixLength;
        _world.Define(World.Pool("p", cidr, prefix, network));
        var node = _world.Admit("node-a");

        var given = new List<string>();
        while (_world.Decide(_world.Lease(node, _world.Fresh("c"))).Refusal is null)
        {
            given = [.. _world.Queries.Leases(null, 10).Select(lease => lease.Address.ToString())];
        }

        Assert.Equal(usable, string.Join(' ', given));
        Assert.All(
            _world.Queries.Leases(null, 10), lease => Assert.DoesNotContain(lease.Gateway?.ToString() ?? "-", given));
    }

    [Fact]
    public void Exclusions_are_skipped_and_blocks_within_them_too()
    {
        var pool = _world.Define(World.Pool(
            "p",
            "10.0.0.0/24",
            28,
            exclusions: ["10.0.0.2-10.0.0.4", "10.0.0.6", "10.0.0.15-10.0.0.36", "10.0.0.37-10.0.0.63"]));
        var node = _world.Admit("node-a");

        Assert.Equal((UInt128)13, pool.BlocksTotal);
        Assert.Equal("10.0.0.5", _world.Grant(node, "c1").Address.ToString());
        Assert.Equal("10.0.0.7", _world.Grant(node, "c2").Address.ToString());
        Assert.Equal(7, _world.Queries.BlockOf(IpAddress.Parse("10.0.0.1"))?.FreeAtLeast);
        Assert.Equal("10.0.0.64/28", _world.Block(node, "p").Block.ToString());
    }

    [Fact]
    public void Geometry_agrees_with_counting()
    {
        string[][] sets =
        [
            [], ["10.0.0.0/26"], ["10.0.0.1-10.0.0.62", "10.0.0.64"], ["10.0.0.255"], ["10.0.0.65-10.0.0.190"],
            ["10.0.0.10-10.0.0.20", "10.0.0.15-10.0.0.30", "10.0.0.31", "10.0.0.100-10.0.0.254"],
        ];
        foreach (var set in sets)
        {
            foreach (var network in Enum.GetValues<PoolNetwork>())
            {
                foreach (var block in (int[])[24, 26, 28, 30, 31])
                {
                    Compare(World.Pool("p", "10.0.0.0/24", block, network, exclusions: set));
                }
            }
        }
    }

    private static Cidr Mapped(int prefix) => new(new IpAddress(IpFamily.IPv6, (UInt128)0xffff << 32), prefix);

    private static void Compare(PoolSpec spec)
    {
        var space = new PoolSpace(spec);
        var size = 1 << (32 - spec.BlockPrefixLength);
        var network = spec.Cidr.Network;
        var first = (int)(network.Value / (UInt128)size);
        var usable = Enumerable.Range(0, 256).Where(i => Naive.IsUsable(spec, i)).ToList();
        var open = Enumerable.Range(0, 256 / size)
            .ToDictionary(block => block, block => usable.Where(i => i / size == block).ToList());
        var blocks = open.Keys.Where(block => open[block].Count > 0).ToList();

        Assert.Equal((UInt128)blocks.Count, space.BlocksOpen);
        var found = space.OpenBlocks(space.Geometry.FirstBlock, space.Geometry.LastBlock)
            .SelectMany(run => Enumerable.Range((int)run.First - first, (int)(run.Last - run.First) + 1));
        Assert.Equal(blocks, found);
        foreach (var (block, inside) in open)
        {
            var index = (UInt128)(first + block);
            Assert.Equal(network.Plus((UInt128)(block * size)), space.Geometry.BlockAt(index).Network);
            Assert.Equal(
                inside.Count == 0 ? null : network.Value + (UInt128)inside[0], space.FirstOpen(index));
            var numbers = SlotNumbers.Of(space, index);
            var slots = numbers.Open(space)
                .SelectMany(run => Enumerable.Range(run.First, run.Last - run.First + 1)).ToList();
            Assert.Equal(inside.Select(i => network.Value + (UInt128)i), slots.Select(numbers.AddressAt));
            Assert.Equal(slots, slots.Select(slot => numbers.SlotOf(numbers.AddressAt(slot))!.Value));
        }
    }
}
