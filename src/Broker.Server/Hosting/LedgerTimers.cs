using Broker.Core.Commands;
using Broker.Identity.Witness;
using Broker.Journal.Writing;
using Broker.Server.Api;
using Broker.Server.Limits;

namespace Broker.Server.Hosting;

/// <summary>
/// The broker's own timers: counted refusals go to the journal each minute, superseded certificates retire.
/// </summary>
internal sealed class LedgerTimers(
    LedgerWriter writer,
    RefusalCounter refusals,
    IdentityIndex index,
    NodeRateLimits rates,
    TimeProvider time) : BackgroundService
{
    // Open connections of a superseded certificate end with it: that must not take longer than a fence does.
    private static readonly TimeSpan RetireEvery = TimeSpan.FromSeconds(1);
    private const int FlushEveryTicks = 60;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await TickAsync(stoppingToken);
            await refusals.FlushAsync(writer, CancellationToken.None);
        }
        catch (WriterStoppedException)
        {
            // The writer has stopped first; the host is told by its own watch of the writer.
            return;
        }
    }

    private async Task TickAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RetireEvery, time);
        try
        {
            for (var tick = 1; await timer.WaitForNextTickAsync(stoppingToken); tick++)
            {
                _ = await writer.SubmitAsync(new RetireCertificates(), stoppingToken);
                if (tick % FlushEveryTicks == 0)
                {
                    await refusals.FlushAsync(writer, CancellationToken.None);
                    ForgetExpired();
                    rates.ForgetIdle();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The broker stops: what was counted until now is written once more.
            return;
        }
    }

    // What has expired is refused by its date alone; its record is kept a day longer for the log's sake, then dropped.
    private void ForgetExpired() => _ = index.Forget(time.GetUtcNow().AddDays(-1));
}
