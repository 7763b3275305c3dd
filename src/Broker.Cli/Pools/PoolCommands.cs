using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Pools.Apply;
using Broker.Contracts.Pools;

namespace Broker.Cli.Pools;

/// <summary><c>brokerctl pools</c>.</summary>
internal static class PoolCommands
{
    public static Command Create(Ctl ctl) =>
        new CtlCommand("pools", "Address space that blocks are granted from.", "brokerctl pools list")
    {
        PoolsListCommand.Create(ctl),
        PoolsShowCommand.Create(ctl),
        PoolsDefineCommand.Create(ctl),
        PoolsOpenCommand.Create(ctl),
        PoolsDrainCommand.Create(ctl),
        PoolsRetireCommand.Create(ctl),
        PoolsApplyCommand.Create(ctl),
    };

    /// <summary>In what state a pool is, in a word.</summary>
    public static string StateOf(PoolInfo pool) => pool switch
    {
        { Drained: true } => "drained",
        { Open: true } => "open",
        _ => "adopting",
    };

    /// <summary>The name of a pool, completed from those that the broker has.</summary>
    public static Argument<string> Name(Ctl ctl, string description)
    {
        var name = new Argument<string>("pool") { Description = description, HelpName = "POOL" };
        name.CompletionSources.Add(context => Completion.LiveNames.Of(ctl, context, async (api, cancellation) =>
            (await api.ListPoolsAsync(cancellation)).OrThrow().Pools.Select(pool => pool.Name)));
        return name;
    }
}
