using Broker.Cli.Output;
using Broker.Journal.Reading;
using Broker.Journal.Store;
using Spectre.Console;

namespace Broker.Cli.Verify;

/// <summary>Verifies, and shows how far it is when somebody watches.</summary>
internal static class VerifyProgress
{
    public static async Task<VerificationResult> RunAsync(
        Screen screen, IJournalStore store, CancellationToken cancellation)
    {
        if (!screen.IsWatched)
        {
            return await JournalVerifier.VerifyAsync(store, null, cancellation);
        }

        var size = (await store.OpenAsync(cancellation))?.Size ?? 0;
        return await screen.ErrorConsole.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask($"{Shown.Number(size)} events", maxValue: Math.Max(1, size));
                return JournalVerifier.VerifyAsync(store, new Reading(task), cancellation);
            });
    }

    // Told on the reading thread: a Progress<T> would queue each report elsewhere and come late.
    private sealed class Reading(ProgressTask task) : IProgress<long>
    {
        public void Report(long value) => task.Value = value;
    }
}
