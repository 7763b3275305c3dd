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
        var (offset, after) = await FlipAsync(copy, before, cancellation);
        screen.Line($"flipped the lowest bit of byte {offset} of journal.db, in a lease.granted");
        screen.Line($"after:  {after}");
        screen.Command("broker verify --data FOLDER");
        if (!after.StartsWith("position", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The checker did not name a position.");
        }
    }

    // A database page may hold a stale copy of a row, whose bits mean nothing: go on to the next until one matters.
    private static async Task<(long Offset, string After)> FlipAsync(
        string copy, string before, CancellationToken cancellation)
    {
        var file = Path.Combine(copy, "journal.db");
        var bytes = await File.ReadAllBytesAsync(file, cancellation);
        var target = Encoding.ASCII.GetBytes(Target);
        for (var at = 0; bytes.AsSpan(at).IndexOf(target) is >= 0 and var found; at += found + 1)
        {
            var offset = at + found + target.Length - 2;
            bytes[offset] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, cancellation);
            var after = await CheckAsync(copy, cancellation);
            if (after != before)
            {
                return (offset, after);
            }

            bytes[offset] ^= 1;
        }

        throw new InvalidOperationException("No bit of a lease.granted made a difference to the checker.");
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
}
