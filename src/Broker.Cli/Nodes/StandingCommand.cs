using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Nodes;

/// <summary><c>brokerctl nodes fence|quarantine|retire</c>.</summary>
internal static class StandingCommand
{
    public static Command Create(Ctl ctl, StandingVerb verb, string description)
    {
        var name = NodeCommands.Name(ctl, $"The node to {verb.Name}.");
        var seen = SeenUid.Option();
        var command = new CtlCommand(
            verb.Name, description, $"brokerctl nodes {verb.Name} node-a --reason \"ticket 4711\"")
        {
            name, seen,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, run => ChangeAsync(
            run, verb, run.Result.GetRequiredValue(name), run.Result.GetValue(seen), change));
        return command;
    }

    /// <summary>Changes the standing of one node, and says how it stands.</summary>
    public static async Task<int> ChangeAsync(
        Run run, StandingVerb verb, string name, string? seen, ChangeOptions change)
    {
        var node = (await run.Api.ChangeStandingAsync(
            verb.Route, name, new(seen, change.Reason(run)), run.Cancellation, change.DryRun(run))).OrThrow();
        run.Answer.One(node, shown => change.Say(
            run, $"{shown.Name} is {shown.Standing}.", $"{shown.Name} would be {verb.Standing}."));
        return ExitCodes.Good;
    }
}
