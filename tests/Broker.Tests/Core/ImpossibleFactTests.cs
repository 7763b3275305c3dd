using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>Facts that no ledger would have decided do not become state.</summary>
public sealed class ImpossibleFactTests
{
    private readonly World _world = new();
    private readonly BlockView _block;
    private readonly LeaseView _lease;
    private readonly LeaseGranted _granted;

    public ImpossibleFactTests()
    {
        _ = _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        var node = _world.Admit("node-a");
        _lease = _world.Grant(node, "c1");
        _granted = Assert.IsType<LeaseGranted>(_world.Facts[^1].Event);
        _block = _world.Queries.BlockOf(_lease.Address)!;
        _ = _world.Admit("node-b");
    }

    [Fact]
    public void A_lease_is_not_granted_twice_or_in_another_generation_or_node()
    {
        Impossible(_granted with { Attachment = _granted.Attachment with { ContainerId = "c2" } });
        var free = _granted with
        {
            Address = _granted.Address.Plus(1),
            Attachment = _granted.Attachment with { ContainerId = "c2" },
        };
        Impossible(free with { Generation = new Generation(_block.Generation.Position + 1) });
        Impossible(free with { Node = Broker.Core.Names.NodeName.Parse("node-b") });
        Apply(free);
    }

    [Fact]
    public void A_lease_is_released_as_it_was_granted()
    {
        var released = new LeaseReleased(_lease.Address, _block.Generation, _lease.Position);
        Impossible(released with { Granted = _lease.Position - 1 });
        Impossible(released with { Generation = new Generation(_block.Generation.Position + 1) });
        Impossible(released with { Address = _lease.Address.Plus(1) });
        Apply(released);
    }

    [Fact]
    public void A_lease_is_reclaimed_as_it_was_granted_and_once()
    {
        var reclaimed = new LeaseReclaimed(_lease.Address, _block.Generation, _lease.Position, World.Gone("uid-1"));
        Impossible(reclaimed with { Granted = _lease.Position - 1 });
        Impossible(reclaimed with { Generation = new Generation(_block.Generation.Position + 1) });
        Impossible(reclaimed with { Address = _lease.Address.Plus(1) });
        Apply(reclaimed);
        Impossible(reclaimed);
        Impossible(new LeaseReleased(_lease.Address, _block.Generation, _lease.Position));
    }

    [Fact]
    public void A_block_is_not_granted_twice_or_beside_the_blocks_of_its_pool()
    {
        var granted = _world.Facts.Select(fact => fact.Event).OfType<BlockGranted>().Single();
        Impossible(granted);
        Impossible(granted with { Block = Cidr.Parse("10.0.1.0/27") });
        Impossible(granted with { Block = Cidr.Parse("10.1.0.0/26") });
        Apply(granted with { Block = Cidr.Parse("10.0.1.0/26") });
    }

    [Fact]
    public void A_block_is_released_empty_and_as_it_was_granted()
    {
        var released = new BlockReleased(_block.Block, _block.Generation, _granted.Node);
        Impossible(released);
        Apply(new LeaseReleased(_lease.Address, _block.Generation, _lease.Position));
        Impossible(released with { Generation = new Generation(_block.Generation.Position + 1) });
        Impossible(released with { Node = Broker.Core.Names.NodeName.Parse("node-b") });
        Impossible(released with { Block = Cidr.Parse("10.0.1.0/26") });
        Apply(released);
        Assert.Empty(_world.Ledger.Validate());
    }

    private void Impossible(LedgerEvent what) => Assert.Throws<InvalidOperationException>(() => Apply(what));

    private void Apply(LedgerEvent what) => _world.Ledger.Apply(
        _world.Ledger.Size, new Fact(_world.Now.At, null, null, Actor.Broker, null, what), _world.Now.Ledger);
}
