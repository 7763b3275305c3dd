using System.CommandLine;
using System.Text.Json.Nodes;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Journal.Reading;
using Broker.Journal.Sqlite;
using Broker.Journal.Store;

namespace Broker.Cli.Verify;

/// <summary><c>brokerctl verify</c>: re-reads a whole journal without its broker.</summary>
internal static class VerifyCommand
{
    public static Command Create(Ctl ctl)
    {
        var data = new Option<string>("--data", "-d")
        {
            Description = "The data folder, or a copy of it; it is only read.",
            HelpName = "FOLDER",
            Required = true,
        };
        var command = new CtlCommand(
            "verify",
            "Re-read the whole journal of a data folder, offline: exit code 1 and the position when a byte is wrong.",
            "brokerctl verify --data ./broker-data")
        {
            data,
        };
        ctl.Handle(command, async run =>
        {
            var folder = Path.GetFullPath(run.Result.GetRequiredValue(data), run.Environment.Folder);
            try
            {
                await using var store = await SqliteJournalStore.OpenFolderAsync(
                    folder, SqliteStoreMode.ReadOnly, run.Cancellation);
                return Say(run, await VerifyProgress.RunAsync(run.Screen, store, run.Cancellation));
            }
            catch (JournalStoreException error)
            {
                throw new CliFailureException(
                    error.Code, error.Message, "Name a data folder that 'broker init' made, or a copy of one.", error);
            }
        });
        return command;
    }

    private static int Say(Run run, VerificationResult result)
    {
        var fault = result.Fault;
        if (run.Answer.Format != OutputFormat.Table)
        {
            run.Answer.Document(new JsonObject
            {
                ["good"] = result.IsGood,
                ["size"] = result.Size,
                ["root"] = result.Root.ToString(),
                ["code"] = fault?.Code,
                ["position"] = fault?.Position,
                ["reason"] = fault?.Reason,
            });
        }
        else if (fault is null)
        {
            run.Screen.Out.WriteLine($"{Shown.Number(result.Size)} events are what was written; root {result.Root}");
        }

        if (fault is null)
        {
            return ExitCodes.Good;
        }

        var position = fault.Position is { } known ? Shown.Number(known) : "unknown";
        run.Screen.Error(
            $"{fault.Code}: position {position}: {fault.Reason}",
            $"The {Shown.Number(result.Size)} events before it are good. Keep this folder as it is, serve a copy from "
            + "before, and find out what wrote to it.");
        return ExitCodes.Failed;
    }
}
