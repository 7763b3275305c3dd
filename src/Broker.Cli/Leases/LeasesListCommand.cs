using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Nodes;
using Broker.Cli.Output;
using Broker.Contracts.Leases;

namespace Broker.Cli.Leases;

/// <summary><c>brokerctl leases list</c>.</summary>
internal static class LeasesListCommand
{
    private static readonly IReadOnlyList<Column<LeaseInfo>> columns =
    [
        new("ADDRESS", lease => $"{lease.Address}/{Shown.Number(lease.PrefixLength)}"),
        new("NODE", lease => lease.Node),
        new("POD", lease => PodText.Of(lease.Pod)),
        new("NETWORK", lease => Shown.Safe(lease.Network), 2),
        new("INTERFACE", lease => Shown.Safe(lease.Interface), 3),
        new("CONTAINER", lease => Shown.Hash(Shown.Safe(lease.ContainerId)), 5),
        new("POOL", lease => lease.Pool, 4),
        new("GRANTED", lease => Shown.Time(lease.GrantedAt), 1),
        new("POSITION", lease => Shown.Number(lease.Position), 6, IsNumber: true),
    ];

    public static Command Create(Ctl ctl)
    {
        var node = NodeCommands.NodeOption(ctl);
        var command = new CtlCommand("list", "List the live leases.", "brokerctl leases list --node node-a")
        {
            node,
        };
        ctl.Handle(command, async run =>
        {
            var answer = (await run.Api.ListLeasesAsync(run.Cancellation, run.Result.GetValue(node))).OrThrow();
            run.Answer.List(answer, answer.Leases, columns, "No such lease is live.");
            if (answer.Truncated)
            {
                run.Screen.Note(
                    $"There are more than these {Shown.Number(answer.Leases.Count)}. Ask for one node: --node NODE");
            }

            return ExitCodes.Good;
        });
        return command;
    }
}
