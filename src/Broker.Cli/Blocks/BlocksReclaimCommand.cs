using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Blocks;
using Broker.Contracts.Reclaims;

namespace Broker.Cli.Blocks;

/// <summary><c>brokerctl blocks reclaim</c>.</summary>
internal static class BlocksReclaimCommand
{
    private const string MachineOff = "machine-off";

    public static Command Create(Ctl ctl)
    {
        var block = new Argument<string>("block") { Description = "The block, as a CIDR.", HelpName = "CIDR" };
        block.CompletionSources.Add(context => Completion.LiveNames.Of(ctl, context, async (api, cancellation) =>
            (await api.ListBlocksAsync(cancellation)).OrThrow().Blocks.Select(row => row.Block)));
        var generation = new Option<long>("--generation")
        {
            Description = "The block's generation, as 'list' showed it: if it has changed since, nothing is done.",
            HelpName = "G",
            Required = true,
        };
        var evidence = new Option<string>("--evidence")
        {
            Description = "machine-off: you have made sure that the machine is off. A node that cannot be reached may "
                + "be running, with pods that answer.",
            HelpName = "KIND",
            Required = true,
        };
        _ = evidence.AcceptOnlyFromAmong(MachineOff);
        var seen = new Option<string?>("--seen-uid")
        {
            Description = "The Node UID that you saw: if it has changed since, nothing is done.",
            HelpName = "UID",
        };
        var command = new CtlCommand(
            "reclaim",
            "Take a block from a node whose machine is off. The node is fenced, each of its leases in the block ends, "
            + "and the block cools like one that was released.",
            "brokerctl blocks reclaim 10.64.3.0/24 --generation 4711 --evidence machine-off --reason \"ticket 12\"")
        {
            block, generation, evidence, seen,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var answer = (await run.Api.ReclaimBlockAsync(
                run.Result.GetRequiredValue(block),
                new(
                    run.Result.GetValue(generation),
                    EvidenceKinds.MachineOff,
                    run.Result.GetValue(seen),
                    change.Reason(run)),
                run.Cancellation,
                change.DryRun(run))).OrThrow();
            run.Answer.One(answer, shown => Say(run, change, shown));
            return ExitCodes.Good;
        });
        return command;
    }

    private static void Say(Run run, ChangeOptions change, BlockReclaimResponse answer)
    {
        var leases = $"{Shown.Number(answer.LeasesEnded)} lease(s)";
        var gone = $"{answer.Block} was not held in that generation any more; nothing was to be done.";
        change.Say(
            run,
            answer.Reclaimed ? $"{answer.Block} is reclaimed, {leases} ended{Fenced(answer, " is")}." : gone,
            answer.Reclaimed
                ? $"{answer.Block} would be reclaimed, {leases} would end{Fenced(answer, " would be")}."
                : gone);
    }

    private static string Fenced(BlockReclaimResponse answer, string verb) =>
        answer.Fenced ? $", and its node{verb} fenced" : string.Empty;
}
