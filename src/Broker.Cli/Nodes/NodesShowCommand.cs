using System.CommandLine;
using Broker.Cli.Custody;
using Broker.Cli.Hosting;

namespace Broker.Cli.Nodes;

/// <summary><c>brokerctl nodes show</c>: a node and its chain of custody.</summary>
internal static class NodesShowCommand
{
    public static Command Create(Ctl ctl)
    {
        var name = NodeCommands.Name(ctl, "The node to show.");
        var command = new CtlCommand(
            "show",
            "Show one node and its chain of custody, from the journal: who asked for each certificate and with which, "
            + "who approved it, what became of it; standing and why, alarms, blocks. CSV has a row a certificate.",
            "brokerctl nodes show node-a\nbrokerctl node show node-a -o json")
        {
            name,
        };
        ctl.Handle(command, async run =>
        {
            var node = (await run.Api.ReadCustodyAsync(
                run.Result.GetRequiredValue(name), run.Cancellation)).OrThrow();
            run.Answer.Rows(node, node.Certificates, shown => CustodyText.Write(run.Screen, shown));
            return ExitCodes.Good;
        });
        return command;
    }
}
