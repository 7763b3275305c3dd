using System.CommandLine;
using System.Text.Json.Nodes;
using Broker.Cli.Hosting;
using Broker.Cli.Output;

namespace Broker.Cli.Contexts;

/// <summary><c>brokerctl context list</c>: the names that 'context use' has remembered.</summary>
internal static class ContextListCommand
{
    private static readonly IReadOnlyList<Column<JsonObject>> columns =
    [
        new("IN USE", row => row["inUse"]!.GetValue<bool>() ? "*" : string.Empty),
        new("NAME", row => row["name"]!.GetValue<string>()),
        new("BROKER", row => row["people"]?.GetValue<string>() ?? "(cannot be read)"),
        new("FILE", row => row["file"]!.GetValue<string>()),
    ];

    public static Command Create(Ctl ctl)
    {
        var command = new CtlCommand("list", "List the contexts that are known by name.", "brokerctl context list");
        ctl.Handle(command, run =>
        {
            var folder = new ContextFolder(run.Environment);
            var rows = folder.Names.Select(name => Row(folder, name)).ToList();
            run.Answer.Own("contexts", rows, columns, "No context is known by name yet: brokerctl context use FOLDER");
            return Task.FromResult(ExitCodes.Good);
        });
        return command;
    }

    private static JsonObject Row(ContextFolder folder, string name)
    {
        var file = folder.FileOf(name)!;
        var row = new JsonObject { ["inUse"] = name == folder.CurrentName, ["name"] = name };
        try
        {
            var context = ContextReader.Read(file);
            (row["people"], row["file"]) = (context.People.GetLeftPart(UriPartial.Authority), context.File);
        }
        catch (CliFailureException)
        {
            // One that is gone is listed all the same: somebody may wonder where it is.
            (row["people"], row["file"]) = (null, new FileInfo(file).LinkTarget ?? file);
        }

        return row;
    }
}
