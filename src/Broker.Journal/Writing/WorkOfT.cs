using Broker.Core;
using Broker.Core.Time;

namespace Broker.Journal.Writing;

/// <summary>Work with something to tell.</summary>
/// <typeparam name="T">What is told.</typeparam>
internal abstract class Work<T>(TaskCreationOptions waking) : Work
{
    private readonly TaskCompletionSource<T> _told = new(waking);
    private Exception? _error;

    /// <summary>What the caller waits for.</summary>
    public Task<T> Told => _told.Task;

    /// <summary>What will be told.</summary>
    protected T? Result { get; set; }

    public sealed override Decision? Run(Ledger ledger, Moment now)
    {
        try
        {
            return Learn(ledger, now);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A bug in one rule or read must not take the ledger away from everybody: deciding and reading change
            // nothing that is journalled, so the caller alone gets it.
            _error = e;
            return null;
        }
    }

    public sealed override void Break(Exception error) => _error = error;

    public sealed override void Answer()
    {
        if (_error is null)
        {
            _told.SetResult(Result!);
        }
        else
        {
            _told.SetException(_error);
        }
    }

    public sealed override void Fail(Exception error) => _ = _told.TrySetException(error); // False: told before.

    /// <summary>The caller left; only after <see cref="Work.TryLeave"/>.</summary>
    public void Cancel(CancellationToken cancellationToken) => _told.SetCanceled(cancellationToken);

    /// <summary>Sets <see cref="Result"/>; gives a decision only if there are facts to append.</summary>
    protected abstract Decision? Learn(Ledger ledger, Moment now);
}
