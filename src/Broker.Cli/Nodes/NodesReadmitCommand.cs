using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Nodes;
using Broker.Contracts.Routing;

namespace Broker.Cli.Nodes;

/// <summary><c>brokerctl nodes readmit</c>: one node, or a list of them by one call.</summary>
internal static class NodesReadmitCommand
{
    // The broker's limit of one call.
    private const int NodesPerCall = 256;

    private static readonly StandingVerb verb = new("readmit", ApiRoutes.NodeReadmit, "active");

    private static readonly IReadOnlyList<Column<ReadmissionResult>> columns =
    [
        new("NODE", node => Shown.Safe(node.Name)),
        new("STANDING", node => node.Standing ?? "unchanged"),
        new("REFUSED", node => node.Code ?? string.Empty),
        new("DETAIL", node => Shown.Safe(node.Detail), 1),
    ];

    public static Command Create(Ctl ctl)
    {
        var names = NodeCommands.Names(ctl, "The nodes to readmit.");
        var file = new Option<string?>("--file", "-f")
        {
            Description = "A line for each node: NODE, or NODE CERTIFICATE to let that one off its hold; - for "
                + "standard input.",
            HelpName = "FILE",
        };
        var seen = SeenUid.Option();
        var command = new CtlCommand(
            "readmit",
            "Lift fences and quarantines, and let certificates off their hold; many nodes by one call.",
            "brokerctl nodes readmit node-a --reason \"ticket 4711\"\nbrokerctl nodes readmit --file held.txt")
        {
            names, file, seen,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, run =>
        {
            var nodes = Nodes(run, names, file, run.Result.GetValue(seen));
            return nodes is [{ Certificate: null } one]
                ? StandingCommand.ChangeAsync(run, verb, one.Name, one.SeenUid, change)
                : ReadmitAsync(run, nodes, change);
        });
        return command;
    }

    private static async Task<int> ReadmitAsync(Run run, List<Readmission> nodes, ChangeOptions change)
    {
        var results = new List<ReadmissionResult>();
        ReadmissionsResponse? answer = null;
        foreach (var part in nodes.Chunk(NodesPerCall))
        {
            answer = (await run.Api.ReadmitAsync(
                new(part, change.Reason(run)), run.Cancellation, change.DryRun(run))).OrThrow();
            results.AddRange(answer.Nodes);
        }

        run.Answer.List(answer! with { Nodes = results }, results, columns, string.Empty);
        if (change.DryRun(run))
        {
            run.Screen.Note("Nothing was changed: this was a dry run.");
        }

        return results.TrueForAll(result => result.Code is null) ? ExitCodes.Good : ExitCodes.Failed;
    }

    private static List<Readmission> Nodes(
        Run run, Argument<string[]> names, Option<string?> file, string? seen)
    {
        var nodes = run.Result.GetValue(names)!.Select(name => new Readmission(name, null, seen)).ToList();
        if (run.Result.GetValue(file) is { } path)
        {
            nodes.AddRange(Read(run, path));
        }

        if (seen is not null && nodes.Count > 1)
        {
            throw Wrong("--seen-uid is of one node, and several are named.");
        }

        return nodes.Count > 0 ? nodes : throw Wrong("No node is named, neither here nor in a file.");
    }

    private static IReadOnlyList<Readmission> Read(Run run, string path)
    {
        if (path == "-")
        {
            return ReadmissionFile.Read(run.Environment.Input);
        }

        try
        {
            using var text = File.OpenText(Path.Combine(run.Environment.Folder, path));
            return ReadmissionFile.Read(text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliFailureException(
                CliCodes.FileUnreadable, $"{path}: {error.Message}", "Check its name and who may read it.", error);
        }
    }

    private static CliFailureException Wrong(string sentence) => new(
        CliCodes.ReadmissionsInvalid, sentence, "See: brokerctl nodes readmit --help")
    {
        ExitCode = ExitCodes.Usage,
    };
}
