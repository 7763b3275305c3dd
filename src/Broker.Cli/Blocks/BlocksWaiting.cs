using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Blocks;

namespace Broker.Cli.Blocks;

/// <summary>What <c>brokerctl blocks list --waiting</c> shows.</summary>
internal static class BlocksWaiting
{
    private static readonly IReadOnlyList<Column<BlockWaitInfo>> columns =
    [
        new("BLOCK", block => block.Block),
        new("POOL", block => block.Pool, 1),
        new("NODE", block => block.Node ?? string.Empty),
        new("LEASES", block => Shown.Number(block.Leases), 2, IsNumber: true),
        new("WAITS FOR", Text),
        new("GENERATION", Generation, 1, IsNumber: true),
    ];

    public static async Task ListAsync(Run run, string? node, string? pool)
    {
        var all = (await run.Api.ListBlocksWaitingAsync(run.Cancellation)).OrThrow();
        var answer = all with
        {
            Blocks = [.. all.Blocks
                .Where(block => node is null || block.Node == node)
                .Where(block => pool is null || block.Pool == pool)],
        };
        run.Answer.List(answer, answer.Blocks, columns, "No such block waits for anything.");
    }

    private static string Generation(BlockWaitInfo block) =>
        block.Generation is { } known ? Shown.Number(known) : string.Empty;

    private static string Text(BlockWaitInfo block) => block.WaitsFor switch
    {
        "cooldown" => $"its cooldown, {Shown.Seconds(block.SecondsLeft ?? 0)}",
        "release" => "its node, to give it back",
        "leases" => "the pods in it, to end",
        "node_deletion" => "the rule of its pool: its Node is gone",
        "operator" => "an operator: is the machine off?",
        var other => other,
    };
}
