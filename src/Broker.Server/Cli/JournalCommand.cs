using System.CommandLine;
using Broker.Journal.Dapr;
using Broker.Journal.Moving;
using Broker.Journal.Reading;
using Broker.Journal.Sqlite;
using Broker.Journal.Store;
using Broker.Server.Hosting;
using Broker.Server.Moving;
using Broker.Server.Options;

namespace Broker.Server.Cli;

/// <summary><c>broker journal copy</c>: moves a ledger between the embedded store and a state store.</summary>
internal static class JournalCommand
{
    public static Command Create()
    {
        var from = Folder("--from", "The data folder of the ledger; it is sealed, and cannot be served any more.");
        var to = Folder("--to", "The data folder to make for it, or the one of a copy that was broken off.");
        var set = DataOptions.Set();
        set.Description = "A setting of the new folder: --set journal:store=dapr. May be repeated.";
        var takeOver = new Option<bool>("--take-over")
        {
            Description = "Take the ledger over from another broker that wrote it last (from a state store).",
        };
        var copy = new Command("copy", "Move a ledger to another store: copied, read back, sealed, then served there.")
        {
            from, to, set, takeOver,
        };
        copy.SetAction((result, cancellation) => RunAsync(
            Path.GetFullPath(result.GetRequiredValue(from)),
            Path.GetFullPath(result.GetRequiredValue(to)),
            result.GetValue(set) ?? [],
            result.GetValue(takeOver),
            cancellation));
        return new Command("journal", "Work on the journal itself.") { copy };
    }

    private static Option<string> Folder(string name, string description) => new(name)
    {
        Description = description,
        Required = true,
        HelpName = "FOLDER",
    };

    private static async Task<int> RunAsync(
        string from, string to, string[] sets, bool takeOver, CancellationToken cancellation)
    {
        var faults = new List<SettingsFault>();
        var overrides = DataOptions.Overrides(sets, faults);
        if (faults.Count > 0 || from == to)
        {
            throw new StartFailureException(
                "copy_invalid", from == to ? "--from and --to are one folder." : string.Join(' ', faults));
        }

        try
        {
            var head = await CopyAsync(from, to, overrides, takeOver, cancellation);
            Console.WriteLine($"Moved {head.Origin}: {head.Size} events, root {head.Root}");
            Console.WriteLine($"The ledger in {from} is sealed. Serve it with: broker serve --data {to}");
            return ExitCodes.Good;
        }
        catch (JournalStoreException error)
        {
            throw new StartFailureException(error.Code, error.Message, error);
        }
        catch (JournalDamagedException error)
        {
            throw new StartFailureException(error.Code, error.Message, error);
        }
    }

    private static async Task<JournalHead> CopyAsync(
        string from, string to, Dictionary<string, string?> sets, bool takeOver, CancellationToken cancellation)
    {
        var dapr = JournalSetting.Of(from) is { } settings ? settings with { TakeOver = takeOver } : null;
        await using var source = await JournalStores.WriteAsync(from, dapr, cancellation);
        var head = await source.OpenAsync(cancellation)
            ?? throw new JournalStoreException("ledger_missing", $"There is no ledger of {from}.");
        MovedFolder.Prepare(from, to, head.Origin, sets);
        await using IJournalImport destination = JournalSetting.Of(to) is { } place
            ? DaprJournalImport.Connect(place, TimeProvider.System)
            : SqliteJournalImport.Open(to, TimeProvider.System);
        return await JournalCopy.RunAsync(
            source, destination, TimeProvider.System, new CopyBar(TimeProvider.System), cancellation);
    }
}
