using System.CommandLine;
using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Server.Hosting;
using Broker.Server.Options;

namespace Broker.Server.Cli;

/// <summary><c>broker verify</c>: re-reads a whole journal and says whether it is what was written.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var data = DataOptions.Data();
        var command = new Command(
            "verify", "Re-read the whole journal of a data folder; exit code 1 and the position when a byte is wrong.")
        {
            data,
        };
        command.SetAction((result, cancellation) => RunAsync(result.GetRequiredValue(data), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string data, CancellationToken cancellation)
    {
        VerificationResult result;
        try
        {
            var folder = Path.GetFullPath(data);
            await using var store = await JournalStores.ReadAsync(folder, JournalSetting.Of(folder), cancellation);
            result = await JournalVerifier.VerifyAsync(store, null, cancellation);
        }
        catch (JournalStoreException error)
        {
            throw new StartFailureException(error.Code, error.Message, error);
        }

        if (result.Fault is { } fault)
        {
            await Console.Error.WriteLineAsync($"broker: position {fault.Position}: {fault.Reason}");
            return ExitCodes.Failed;
        }

        Console.WriteLine($"{result.Size} events are what was written; root {result.Root}");
        return ExitCodes.Good;
    }
}
