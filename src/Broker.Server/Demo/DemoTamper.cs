using System.Text;
using Broker.Journal.Reading;
using Broker.Journal.Sqlite;

namespace Broker.Server.Demo;

/// <summary>Copies the stopped ledger's folder, flips one bit of one event, and lets the checker find it.</summary>
internal sealed class DemoTamper(DemoScreen screen)
{
    private const string Target = "\"type\":\"lease.granted\"";

    public async Task RunAsync(string data, string copy, CancellationToken cancellation)
    {
        _ = Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(data, "journal.*"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        var before = await CheckAsync(copy, cancellation);
        screen.Act("A copy of the folder, before and after one bit was flipped");
        screen.Line($"before: {before}");
        var offset = FlipBit(Path.Combine(copy, "journal.db"));
        var after = await CheckAsync(copy, cancellation);
        screen.Line($"flipped the lowest bit of byte {offset} of journal.db, in the first lease.granted");
        screen.Line($"after:  {after}");
        screen.Command("broker verify --data FOLDER");
        if (!after.StartsWith("position", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The checker did not name a position.");
        }
    }

    private static async Task<string> CheckAsync(string folder, CancellationToken cancellation)
    {
        await using var store = await SqliteJournalStore.OpenFolderAsync(
            folder, SqliteStoreMode.ReadOnly, cancellation);
        var result = await JournalVerifier.VerifyAsync(store, null, cancellation);
        return result.Fault is { } fault
            ? $"position {fault.Position}: {fault.Reason}"
            : $"{result.Size} events are what was written; root {DemoScreen.Short(result.Root.ToString())}";
    }

    private static long FlipBit(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Target));
        var offset = at >= 0
            ? at + Target.Length - 2
            : throw new InvalidOperationException("The copied journal holds no lease.granted.");
        bytes[offset] ^= 1;
        File.WriteAllBytes(file, bytes);
        return offset;
    }
}
