using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Nodes;

/// <summary><c>brokerctl nodes fence|quarantine|readmit|retire</c>.</summary>
internal static class StandingCommand
{
    public static Command Create(Ctl ctl, StandingVerb verb, string description)
    {
        var name = NodeCommands.Name(ctl, $"The node to {verb.Name}.");
        var seen = new Option<string?>("--seen-uid")
        {
            Description = "The Node UID that you saw: if it has changed since, nothing is done.",
            HelpName = "UID",
        };
        var command = new CtlCommand(
            verb.Name, description, $"brokerctl nodes {verb.Name} node-a --reason \"ticket 4711\"")
        {
            name, seen,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var node = (await run.Api.ChangeStandingAsync(
                verb.Route,
                run.Result.GetRequiredValue(name),
                new(run.Result.GetValue(seen), change.Reason(run)),
                run.Cancellation,
                change.DryRun(run))).OrThrow();
            run.Answer.One(node, shown => change.Say(
                run, $"{shown.Name} is {shown.Standing}.", $"{shown.Name} would be {verb.Standing}."));
            return ExitCodes.Good;
        });
        return command;
    }
}
