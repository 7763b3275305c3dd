using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;

namespace Broker.Cli.Pools.Apply;

/// <summary><c>brokerctl pools apply</c>: makes the broker's pools what a file says.</summary>
internal static class PoolsApplyCommand
{
    private const int FileCharactersMax = 1024 * 1024;

    private const string Description =
        "Make the pools what a YAML file says: show a plan, and carry it out when the broker agrees to all of it.\n\n"
        + "The file is a list of pools, also under the key 'pools', in one document or several:\n\n"
        + "  - name: pods-v4                  # required\n"
        + "    cidr: 10.64.0.0/16             # required; may be extended later\n"
        + "    blockPrefixLength: 26          # never changes\n"
        + "    network: routed                # routed, flat or host; never changes\n"
        + "    commit: central                # central or local\n"
        + "    addressCooldownSeconds: 60\n"
        + "    blockCooldownSeconds: 600\n"
        + "    blocksPerNodeMax: 64\n"
        + "    leasesPerNodeMax: 0      # 0: no limit\n"
        + "    leasesPerNamespaceMax: 0 # 0: no limit\n"
        + "    exclusions: [10.64.0.0/24, 10.64.9.1-10.64.9.20]\n"
        + "    podCIDRs: false                # true: one block a Node, written on it; never changes\n"
        + "    nodeDeletionIsEvidence: false  # true: Nodes are deleted only after their machines\n"
        + "    open: true                     # an open pool stays open\n\n"
        + "What a pool leaves out stays as it is; in a new pool it takes the default, shown above. Pools that the\n"
        + "file does not name are left alone. With --dry-run the exit code is 2 when something would change, and 0\n"
        + "when nothing would.";

    public static Command Create(Ctl ctl)
    {
        var file = new Option<string>("--file", "-f")
        {
            Description = "The YAML file; - for standard input.",
            HelpName = "FILE",
            Required = true,
        };
        var command = new CtlCommand("apply", Description, "brokerctl pools apply -f pools.yaml --dry-run")
        {
            file,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var entries = Read(run, run.Result.GetRequiredValue(file));
            var present = (await run.Api.ListPoolsAsync(run.Cancellation)).OrThrow().Pools;
            var applier = new PoolApplier(run, change.Reason(run));
            var plan = await applier.CheckAsync(PoolPlanner.Plan(entries, present, change.Reason(run)));
            return await CarryOutAsync(run, applier, plan, change.DryRun(run));
        });
        return command;
    }

    private static async Task<int> CarryOutAsync(
        Run run, PoolApplier applier, IReadOnlyList<PlannedPool> plan, bool dryRun)
    {
        var (refused, changes) = (plan.Count(pool => pool.Refusal is not null), plan.Count(pool => pool.IsChange));
        var apply = !dryRun && refused == 0;
        var forPeople = run.Answer.Format == OutputFormat.Table;
        if (forPeople)
        {
            PoolPlanText.Write(run.Screen, plan);
        }

        if (apply)
        {
            await applier.ApplyAsync(plan);
        }

        if (!forPeople)
        {
            run.Answer.Document(PoolPlanText.Document(plan, apply));
        }

        if (refused > 0)
        {
            throw new CliFailureException(
                CliCodes.PoolsRefused,
                $"{Shown.Number(refused)} of {Shown.Number(changes)} changes would be refused; nothing was changed.",
                "Correct the pools that the plan marks, and apply again.");
        }

        if (forPeople)
        {
            var summary = PoolPlanText.Summary(plan);
            run.Screen.Out.WriteLine(apply && changes > 0
                ? $"Applied: {summary.Replace(" to ", " to be ", StringComparison.Ordinal)}."
                : $"Plan: {summary}.");
        }

        return dryRun && changes > 0 ? ExitCodes.WouldChange : ExitCodes.Good;
    }

    private static IReadOnlyList<PoolEntry> Read(Run run, string file)
    {
        var read = PoolFileReader.Read(new StringReader(Load(run, file)));
        if (read.Faults.Count == 0)
        {
            return read.Entries;
        }

        foreach (var fault in read.Faults)
        {
            run.Screen.Note($"{file}: {fault}");
        }

        throw new CliFailureException(
            CliCodes.PoolsInvalid,
            $"{file} has {Shown.Number(read.Faults.Count)} fault(s); the broker was not asked to change anything.",
            "Correct them. The keys are told by: brokerctl pools apply --help");
    }

    private static string Load(Run run, string file)
    {
        try
        {
            var text = file == "-"
                ? run.Environment.Input.ReadToEnd()
                : File.ReadAllText(Path.GetFullPath(file, run.Environment.Folder));
            return text.Length <= FileCharactersMax
                ? text
                : throw new IOException($"it has more than {FileCharactersMax} characters.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliFailureException(
                CliCodes.FileUnreadable, $"{file} cannot be read: {error.Message}", "Check its name.", error);
        }
    }
}
