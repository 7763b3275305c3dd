using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Pools;

/// <summary><c>brokerctl pools open</c>: lets a pool grant.</summary>
internal static class PoolsOpenCommand
{
    public static Command Create(Ctl ctl)
    {
        var name = PoolCommands.Name(ctl, "The pool to open.");
        var command = new CtlCommand(
            "open",
            "Open a pool that is adopting: what is in use within it is written down, and it may grant.",
            "brokerctl pools open pods-v4 --reason \"all routers are reserved\"")
        {
            name,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var pool = (await run.Api.OpenPoolAsync(
                run.Result.GetRequiredValue(name), change.Body(run), run.Cancellation, change.DryRun(run))).OrThrow();
            run.Answer.One(pool, shown => change.Say(
                run, $"{shown.Name} is open.", $"{shown.Name} would be open."));
            return ExitCodes.Good;
        });
        return command;
    }
}
