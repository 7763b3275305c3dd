using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Journal.Writing;

namespace Broker.Server.Hosting;

/// <summary>
/// Reads the whole journal again, slowly, and begins anew an hour later. A wrong byte stops the writer, which ends the
/// process: what is not what was written must not be built upon.
/// </summary>
internal sealed partial class JournalWatch(LedgerWriter writer, TimeProvider time, ILogger<JournalWatch> logger)
    : BackgroundService
{
    public static readonly TimeSpan Between = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // What the store itself says when bytes are wrong; anything else may pass.
    private static readonly string[] damages = ["store_corrupt", "batch_missing", "batch_damaged", "head_damaged"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Between, time, stoppingToken);
                await ReadAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The broker stops; the next one begins from the first position again.
            return;
        }
    }

    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        var head = writer.Durable;
        try
        {
            await JournalRereading.ReadAsync(
                writer.Store, head, () => new ValueTask(Task.Delay(Pause, time, stoppingToken)), stoppingToken);
        }
        catch (JournalDamagedException damage)
        {
            writer.Condemn(damage.Message, damage);
        }
        catch (JournalStoreException error) when (damages.Contains(error.Code, StringComparer.Ordinal))
        {
            writer.Condemn(error.Message, error);
        }
        catch (JournalStoreException error)
        {
            LogFailed(logger, error.Code, error.Message);
        }
    }

    [LoggerMessage(1111, LogLevel.Warning, "Reading the journal again failed and is tried later: {Code}: {Detail}")]
    private static partial void LogFailed(ILogger logger, string code, string detail);
}
