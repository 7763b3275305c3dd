using Broker.Journal.Writing;

namespace Broker.Server.Enrolment;

/// <summary>
/// Lets one signing request through at a time, and lets only so many wait: who floods it is turned away, so that
/// operators and the renewals of other nodes still get through.
/// </summary>
internal sealed class CsrGate : IDisposable
{
    /// <summary>Requests that may wait at one time.</summary>
    public const int WaitingMax = 64;

    private readonly SemaphoreSlim _one = new(1, 1);
    private int _waiting;

    public void Dispose() => _one.Dispose();

    /// <exception cref="OverloadedException">Too many wait already; operators are never turned away.</exception>
    public async Task<T> RunAsync<T>(bool isOperator, Func<Task<T>> action, CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > WaitingMax && !isOperator)
            {
                throw new OverloadedException(retryAfterSeconds: 1);
            }

            await _one.WaitAsync(cancellation);
            try
            {
                return await action();
            }
            finally
            {
                _ = _one.Release(); // The count before is of no interest.
            }
        }
        finally
        {
            _ = Interlocked.Decrement(ref _waiting);
        }
    }
}
