using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Refusals;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>A sealed ledger takes nothing more, until it is led where it goes on.</summary>
public sealed class SealTests
{
    private readonly World _world = new();

    [Fact]
    public void After_its_sealing_every_command_is_refused_until_the_next_epoch()
    {
        _ = _world.Run(new LeadLedger(1, "first"));
        _ = _world.Run(new SealLedger("second"));
        Assert.Equal("second", Assert.IsType<LedgerSealed>(_world.Facts[^1].Event).To);
        _world.Refused(RefusalCode.Conflict, new SealLedger("third"));
        _world.Refused(RefusalCode.Conflict, new DefinePool(
            World.Operator, World.Pool("pods", "10.0.0.0/16", 26), Open: true, Reason: null));

        _ = _world.Run(new LeadLedger(2, "second-process"));
        _ = _world.Define(World.Pool("pods", "10.0.0.0/16", 26));
        Assert.Equal(1, _world.Facts[2].Prev);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    public void A_place_has_a_name(string to) => _world.Refused(RefusalCode.InvalidField, new SealLedger(to));
}
