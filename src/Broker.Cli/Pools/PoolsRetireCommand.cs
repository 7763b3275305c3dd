using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Pools;

/// <summary><c>brokerctl pools retire</c>.</summary>
internal static class PoolsRetireCommand
{
    public static Command Create(Ctl ctl)
    {
        var name = PoolCommands.Name(ctl, "The pool to retire.");
        var command = new CtlCommand(
            "retire",
            "Take a drained pool out of the ledger, once nothing in it is held, reserved or cooling.",
            "brokerctl pools retire pods-v4 --dry-run")
        {
            name,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var pool = (await run.Api.RetirePoolAsync(
                run.Result.GetRequiredValue(name), change.Body(run), run.Cancellation, change.DryRun(run))).OrThrow();
            run.Answer.One(pool, shown => change.Say(
                run, $"{shown.Name} is retired.", $"{shown.Name} would be retired."));
            return ExitCodes.Good;
        });
        return command;
    }
}
