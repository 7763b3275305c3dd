namespace Broker.Journal.Writing;

/// <summary>The durable head, and the wake-up of those who wait for it to grow.</summary>
internal sealed class DurableSignal(DurableHead head)
{
    private volatile DurableHead _head = head;
    private volatile TaskCompletionSource _grown = New();

    /// <summary>The newest durable head.</summary>
    public DurableHead Head => _head;

    /// <summary>Completes when the size is above the one given.</summary>
    public async Task WaitForSizeAboveAsync(long size, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the look at the size: growth in between completes this very signal.
            var grown = _grown;
            if (_head.Size > size)
            {
                return;
            }

            await grown.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The head has grown.</summary>
    public void Publish(DurableHead head)
    {
        _head = head;
        var grown = _grown;
        _grown = New();
        grown.SetResult();
    }

    /// <summary>It will not grow any more.</summary>
    public void Stop(WriterStoppedException reason)
    {
        _grown.SetException(reason);
        _ = _grown.Task.Exception; // Observed: perhaps nobody waits.
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
