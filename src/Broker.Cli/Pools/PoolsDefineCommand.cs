using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Contracts.Pools;

namespace Broker.Cli.Pools;

/// <summary><c>brokerctl pools define</c>: one pool by options; many are better kept in a file.</summary>
internal static class PoolsDefineCommand
{
    public static Command Create(Ctl ctl)
    {
        var name = new Argument<string>("pool") { Description = "The new pool's name.", HelpName = "POOL" };
        var cidr = new Option<string>("--cidr")
        {
            Description = "Its address space, such as 10.64.0.0/16 or fd64::/48.",
            HelpName = "CIDR",
            Required = true,
        };
        var blocks = new Option<int?>("--block-prefix-length")
        {
            Description = "Prefix length of its blocks; never changes. Default 26, or 122 for IPv6; with --pod-cidrs "
                + "24, or 64 for IPv6.",
            HelpName = "BITS",
        };
        var network = new Option<string?>("--network")
        {
            Description = "routed (default), flat or host.",
            HelpName = "KIND",
        };
        _ = network.AcceptOnlyFromAmong("routed", "flat", "host");
        var exclude = new Option<string[]>("--exclude")
        {
            Description = "An address, FIRST-LAST or CIDR that is never leased. May be repeated.",
            HelpName = "ADDRESSES",
        };
        var podCidrs = new Option<bool>("--pod-cidrs")
        {
            Description = "Its blocks are the podCIDRs of Nodes: one each, written on the Node. Never changes.",
        };
        var deletion = new Option<bool>("--node-deletion-is-evidence")
        {
            Description = "A Node is deleted only after its machine is gone: its blocks then come back by rule.",
        };
        var open = new Option<bool>("--open") { Description = "Open it at once: nothing within it is in use." };
        var command = new CtlCommand(
            "define",
            "Define a pool. For the other settings, and for changes, see 'pools apply'.",
            "brokerctl pools define pods-v4 --cidr 10.64.0.0/16 --exclude 10.64.0.0/24 --open")
        {
            name, cidr, blocks, network, exclude, podCidrs, deletion, open,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var body = new PoolDefinition(
                run.Result.GetRequiredValue(cidr),
                run.Result.GetValue(blocks),
                run.Result.GetValue(network),
                Exclusions: run.Result.GetValue(exclude) is { Length: > 0 } excluded ? excluded : null,
                Open: run.Result.GetValue(open),
                Reason: change.Reason(run),
                PodCidrs: run.Result.GetValue(podCidrs),
                NodeDeletionIsEvidence: run.Result.GetValue(deletion));
            var pool = (await run.Api.DefinePoolAsync(
                run.Result.GetRequiredValue(name), body, run.Cancellation, change.DryRun(run))).OrThrow();
            run.Answer.One(pool, shown => change.Say(
                run,
                $"{shown.Name} is defined: {Text(shown)}.",
                $"{shown.Name} would be defined: {Text(shown)}."));
            return ExitCodes.Good;
        });
        return command;
    }

    private static string Text(PoolInfo pool) =>
        $"{pool.Cidr} in blocks of /{pool.BlockPrefixLength}, {(pool.Open ? "open" : "adopting")}";
}
