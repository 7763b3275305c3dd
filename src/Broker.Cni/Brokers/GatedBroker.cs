using Broker.Cni.Errors;
using Broker.Contracts.Leases;

namespace Broker.Cni.Brokers;

/// <summary>
/// Connects with the first call, once a slot is free, and keeps both to the end. What keeps it from connecting is an
/// answer like any other, so that a release can still be kept for later.
/// </summary>
internal sealed class GatedBroker(
    Func<ILeaseBroker> connect, ConnectionSlots slots, TimeProvider clock, Func<double> random, TimeSpan patience)
    : ILeaseBroker
{
    private readonly long _started = clock.GetTimestamp();
    private IDisposable? _slot;
    private RetryingBroker? _broker;

    /// <summary>Whether anything was answered: then a further call has good prospects.</summary>
    public bool HasAnswered { get; private set; }

    public Task<Reply<IReadOnlyList<GrantedAddress>>> GrantAsync(LeaseRequest request, TimeSpan limit) =>
        AskAsync(broker => broker.GrantAsync(request, limit));

    public Task<Reply<IReadOnlyList<string>>> ReleaseAsync(AttachmentName attachment, TimeSpan limit) =>
        AskAsync(broker => broker.ReleaseAsync(attachment, limit));

    public Task<Reply<HeldLeases>> ListAsync(TimeSpan limit) =>
        AskAsync(broker => broker.ListAsync(limit));

    public Task<Reply<string>> StandingAsync(TimeSpan limit) =>
        AskAsync(broker => broker.StandingAsync(limit));

    // The connection first: whoever gets the slot next must not be one too many.
    public void Dispose()
    {
        _broker?.Dispose();
        _slot?.Dispose();
    }

    private async Task<Reply<T>> AskAsync<T>(Func<ILeaseBroker, Task<Reply<T>>> call)
        where T : class
    {
        _slot ??= await slots.TakeAsync(Left).ConfigureAwait(false);
        if (_slot is null)
        {
            return Reply<T>.None(
                new CniError(
                    CniErrorCode.TryAgainLater,
                    $"other execs of this node kept the connections to the broker busy for {patience.TotalSeconds} s",
                    "Try again; if it stays so, look whether the broker answers slowly."),
                isPassing: false);
        }

        try
        {
            _broker ??= new RetryingBroker(connect(), clock, random, Left);
        }
        catch (CniException error)
        {
            return Reply<T>.None(error.Error, isPassing: false);
        }

        var reply = await call(_broker).ConfigureAwait(false);
        HasAnswered |= reply.Answer is not null;
        return reply;
    }

    private TimeSpan Left => patience - clock.GetElapsedTime(_started);
}
