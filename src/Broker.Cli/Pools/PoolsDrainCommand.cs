using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Pools;

/// <summary><c>brokerctl pools drain</c>.</summary>
internal static class PoolsDrainCommand
{
    public static Command Create(Ctl ctl)
    {
        var name = PoolCommands.Name(ctl, "The pool to drain.");
        var command = new CtlCommand(
            "drain",
            "Grant nothing more from a pool; what is held in it stays until it is released.",
            "brokerctl pools drain pods-v4 --reason \"moving to 10.65.0.0/16\"")
        {
            name,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var pool = (await run.Api.DrainPoolAsync(
                run.Result.GetRequiredValue(name), change.Body(run), run.Cancellation, change.DryRun(run))).OrThrow();
            run.Answer.One(pool, shown => change.Say(
                run, $"{shown.Name} is drained: it runs empty.", $"{shown.Name} would be drained."));
            return ExitCodes.Good;
        });
        return command;
    }
}
