using Broker.Core.Leases;
using Broker.Core.Time;
using Xunit;

namespace Broker.Tests.Core;

public sealed class AddressSlotsTests
{
    [Fact]
    public void A_slot_is_picked_only_once_it_has_cooled()
    {
        var slots = new AddressSlots(1);
        slots.Hold(0, Any());
        Assert.Equal(-1, slots.Pick(LedgerTime.Zero, 60));
        slots.Release(0, 7, LedgerTime.Zero.PlusSeconds(10));

        Assert.Equal(-1, slots.Pick(LedgerTime.Zero.PlusSeconds(69), 60));
        Assert.Equal(0, slots.Pick(LedgerTime.Zero.PlusSeconds(70), 60));
        Assert.Equal(7, slots.PrevOf(0));
    }

    [Fact]
    public void A_slot_leaves_the_middle_of_the_queue()
    {
        var slots = new AddressSlots(3);
        for (var i = 0; i < 3; i++)
        {
            slots.Hold(i, Any());
        }

        for (var i = 0; i < 3; i++)
        {
            slots.Release(i, 10 + i, LedgerTime.Zero.PlusSeconds(i));
        }

        slots.Hold(1, Any());

        var faults = new List<string>();
        slots.Validate(faults, "block");
        Assert.Empty(faults);
        Assert.Equal((1, 2), (slots.Live, slots.Queued));
        slots.Hold(0, Any());
        Assert.Equal(2, slots.Pick(LedgerTime.Zero.PlusSeconds(100), 60));
    }

    [Fact]
    public void A_slot_is_leased_once()
    {
        var slots = new AddressSlots(3);
        slots.Hold(1, Any());
        Assert.Throws<InvalidOperationException>(() => slots.Hold(1, Any()));
        Assert.Equal(1, slots.Live);
    }

    [Fact]
    public void A_journal_of_another_order_of_allocation_still_applies()
    {
        var slots = new AddressSlots(8);
        slots.Hold(5, Any());
        slots.Hold(1, Any());
        Assert.Equal(0, slots.Pick(LedgerTime.Zero, 0));
        slots.Hold(0, Any());
        Assert.Equal(2, slots.Pick(LedgerTime.Zero, 0));
        slots.Release(5, 9, LedgerTime.Zero);
        for (var i = 2; i < 5; i++)
        {
            slots.Hold(i, Any());
        }

        Assert.Equal(6, slots.Pick(LedgerTime.Zero, 0));
        var faults = new List<string>();
        slots.Validate(faults, "block");
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(7)]
    public void A_slot_held_out_of_order_costs_no_other_slot(int taken)
    {
        var slots = new AddressSlots(8);
        slots.Hold(taken, Any());
        var picked = new List<int>();
        while (slots.HasUnused)
        {
            picked.Add(slots.Pick(LedgerTime.Zero, 0));
            slots.Hold(picked[^1], Any());
        }

        Assert.Equal(Enumerable.Range(0, 8).Where(slot => slot != taken), picked);
    }

    [Fact]
    public void A_held_slot_is_not_closed()
    {
        var slots = new AddressSlots(8);
        slots.Hold(1, Any());
        Assert.Throws<InvalidOperationException>(() => slots.Refit([(2, 7)]));
    }

    /// <summary>The slots look only at whether there is a lease.</summary>
    private static Lease Any() => new(default, null!, 0, null!, 1);
}
