using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Pools;

/// <summary><c>brokerctl pools show</c>.</summary>
internal static class PoolsShowCommand
{
    public static Command Create(Ctl ctl)
    {
        var name = PoolCommands.Name(ctl, "The pool to show.");
        var command = new CtlCommand("show", "Show one pool in full.", "brokerctl pools show pods-v4")
        {
            name,
        };
        ctl.Handle(command, async run =>
        {
            var pool = (await run.Api.ReadPoolAsync(run.Result.GetRequiredValue(name), run.Cancellation)).OrThrow();
            run.Answer.One(pool, shown => PoolColumns.WriteOne(run.Screen, shown));
            return ExitCodes.Good;
        });
        return command;
    }
}
