using Broker.Contracts.Leases;

namespace Broker.Cni.Brokers;

/// <summary>
/// Asks again where a moment may help: nobody listens during a change of leader, the broker stops, has too much work or
/// counts too many requests. Nobody else retries: to a runtime an error ends the sandbox. A repeat is the same request,
/// so an answer that was lost costs no second address.
/// </summary>
internal sealed class RetryingBroker(ILeaseBroker inner, TimeProvider clock, Func<double> random, TimeSpan patience)
    : ILeaseBroker
{
    private static readonly TimeSpan firstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(1);

    /// <summary>A broker that hangs must not use up all patience: another one may answer the next attempt.</summary>
    private static readonly TimeSpan attemptMax = TimeSpan.FromSeconds(5);

    private readonly long _started = clock.GetTimestamp();

    private TimeSpan Left => patience - clock.GetElapsedTime(_started);

    public Task<Reply<IReadOnlyList<GrantedAddress>>> GrantAsync(LeaseRequest request, TimeSpan limit) =>
        RetryAsync(attempt => inner.GrantAsync(request, attempt), limit);

    public Task<Reply<IReadOnlyList<string>>> ReleaseAsync(AttachmentName attachment, TimeSpan limit) =>
        RetryAsync(attempt => inner.ReleaseAsync(attachment, attempt), limit);

    public Task<Reply<HeldLeases>> ListAsync(TimeSpan limit) => RetryAsync(inner.ListAsync, limit);

    public Task<Reply<string>> StandingAsync(TimeSpan limit) => RetryAsync(inner.StandingAsync, limit);

    public void Dispose() => inner.Dispose();

    private async Task<Reply<T>> RetryAsync<T>(Func<TimeSpan, Task<Reply<T>>> call, TimeSpan limit)
        where T : class
    {
        var began = clock.GetTimestamp();
        for (var backOff = firstWait; ; backOff = Shorter(backOff * 2, longestWait))
        {
            var left = Shorter(Left, limit - clock.GetElapsedTime(began));
            var reply = await call(Shorter(attemptMax, left)).ConfigureAwait(false);
            if (!reply.IsPassing)
            {
                return reply;
            }

            // Half of it at least, so that many execs of one node do not come again together.
            var wait = backOff * (0.5 + (random() / 2));
            if (reply.Problem?.RetryAfterSeconds is { } seconds)
            {
                wait += TimeSpan.FromSeconds(seconds);
            }

            if (wait >= Shorter(Left, limit - clock.GetElapsedTime(began)))
            {
                return reply;
            }

            await Task.Delay(wait, clock).ConfigureAwait(false);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
