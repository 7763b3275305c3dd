using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Pools;

/// <summary><c>brokerctl pools list</c>.</summary>
internal static class PoolsListCommand
{
    public static Command Create(Ctl ctl)
    {
        var command = new CtlCommand("list", "List the pools, and how full they are.", "brokerctl pools list");
        ctl.Handle(command, async run =>
        {
            var answer = (await run.Api.ListPoolsAsync(run.Cancellation)).OrThrow();
            run.Answer.List(
                answer, answer.Pools, PoolColumns.All, "There is no pool yet: brokerctl pools define NAME --cidr CIDR");
            return ExitCodes.Good;
        });
        return command;
    }
}
