using Broker.Agent.Certificates;
using Broker.Agent.Hosting;

namespace Broker.Agent.Renewal;

/// <summary>Renews a certificate again and again, until it is told to stop.</summary>
/// <param name="clock">What tells the time.</param>
/// <param name="jitter">At least 0 and below 1, anew for each certificate.</param>
/// <param name="renew">From the certificate that there is to a new one, which is stored when it returns.</param>
/// <param name="say">Where progress goes, a line each.</param>
internal sealed class RenewalLoop(
    TimeProvider clock,
    Func<double> jitter,
    Func<IssuedCertificate, CancellationToken, Task<IssuedCertificate>> renew,
    Action<string> say)
{
    /// <summary>A timer takes 49 days at most, and knows nothing of a machine that slept.</summary>
    private static readonly TimeSpan waitMax = TimeSpan.FromHours(1);

    /// <summary>A signer whose certificates are due at once must not be asked in a circle.</summary>
    private static readonly TimeSpan betweenMin = TimeSpan.FromSeconds(10);

    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public async Task RunAsync(IssuedCertificate certificate, CancellationToken cancellation)
    {
        while (true)
        {
            var due = RenewalSchedule.DueAt(certificate.NotBefore, certificate.NotAfter, jitter());
            say($"valid until {certificate.NotAfter:u}; renewal at {due:u}");
            await WaitUntilAsync(due, cancellation);
            certificate = await RenewAsync(certificate, cancellation);
            await Task.Delay(betweenMin, clock, cancellation);
        }
    }

    private async Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellation)
    {
        while (due - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < waitMax ? left : waitMax, clock, cancellation);
        }
    }

    private async Task<IssuedCertificate> RenewAsync(IssuedCertificate certificate, CancellationToken cancellation)
    {
        for (var delays = BackOff.Start(); ; delays = delays.Next())
        {
            try
            {
                return await renew(certificate, cancellation);
            }
            catch (AgentFailureException failure)
            {
                // Whatever it is, somebody may put it right, and the old certificate is good for a while.
                say($"{failure.Code}: {failure.Message} Again in {delays.Delay.TotalSeconds} s.");
                await Task.Delay(delays.Delay, clock, cancellation);
            }
        }
    }
}
