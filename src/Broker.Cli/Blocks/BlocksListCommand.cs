using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Nodes;
using Broker.Cli.Output;
using Broker.Contracts.Blocks;

namespace Broker.Cli.Blocks;

/// <summary><c>brokerctl blocks list</c>.</summary>
internal static class BlocksListCommand
{
    private static readonly IReadOnlyList<Column<BlockInfo>> columns =
    [
        new("BLOCK", block => block.Block),
        new("POOL", block => block.Pool, 1),
        new("NODE", block => block.Node),
        new("LEASES", block => Shown.Number(block.Leases), 0, IsNumber: true),
        new("COOLING", block => Shown.Number(block.Cooling), 2, IsNumber: true),
        new("FREE", block => Shown.Number(block.Free), 0, IsNumber: true),
        new("GENERATION", block => Shown.Number(block.Generation), 3, IsNumber: true),
        new("LESSOR", block => block.Lessor, 5),
        new("GRANTED", block => Shown.Time(block.GrantedAt), 4),
        new("CERTIFICATE", block => Shown.Hash(block.Certificate), 6),
    ];

    public static Command Create(Ctl ctl)
    {
        var node = NodeCommands.NodeOption(ctl);
        var pool = new Option<string?>("--pool") { Description = "Only blocks of this pool.", HelpName = "POOL" };
        var waiting = new Option<bool>("--waiting")
        {
            Description = "Only those that wait before somebody else can have them, cooling ones too, and what for.",
        };
        var command = new CtlCommand(
            "list",
            "List the live blocks, and how full they are; or those that wait, and what for.",
            "brokerctl blocks list --pool pods-v4\nbrokerctl blocks list --waiting")
        {
            node, pool, waiting,
        };
        ctl.Handle(command, async run =>
        {
            var (wantedNode, wantedPool) = (run.Result.GetValue(node), run.Result.GetValue(pool));
            if (run.Result.GetValue(waiting))
            {
                await BlocksWaiting.ListAsync(run, wantedNode, wantedPool);
                return ExitCodes.Good;
            }

            var all = (await run.Api.ListBlocksAsync(run.Cancellation)).OrThrow();
            var answer = all with
            {
                Blocks = [.. all.Blocks
                    .Where(block => wantedNode is null || block.Node == wantedNode)
                    .Where(block => wantedPool is null || block.Pool == wantedPool)],
            };
            run.Answer.List(answer, answer.Blocks, columns, "No such block is live.");
            return ExitCodes.Good;
        });
        return command;
    }
}
