using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Dapr.Sidecar;
using Broker.Journal.Store;

namespace Broker.Journal.Dapr;

/// <summary>Reads, and writes that are read back, tried again until they succeed or patience ends.</summary>
internal sealed class PatientStore(IStateApi api, TimeSpan patience, TimeProvider time)
{
    /// <summary>A strong read of one key.</summary>
    /// <exception cref="JournalStoreException">It failed too long, or the sidecar refuses it.</exception>
    public async Task<HeadCopy> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var doubt = new StoreDoubt(patience, time);
        while (true)
        {
            try
            {
                return await api.ReadAsync(key, cancellationToken).ConfigureAwait(false);
            }
            catch (StateCallException e)
            {
                doubt.Failed(e);
                if (e.IsFinal)
                {
                    throw new JournalStoreException(e.Code, e.Message, e);
                }
            }

            await doubt.PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes a value that is the same whoever writes it, and returns when it was read back.</summary>
    /// <exception cref="JournalStoreException">It was not there in time.</exception>
    public async Task KeepAsync(string key, StoredValue value, CancellationToken cancellationToken)
    {
        var doubt = new StoreDoubt(patience, time);
        while (true)
        {
            try
            {
                await api.WriteAsync([new(key, value)], cancellationToken).ConfigureAwait(false);
            }
            catch (StateCallException e)
            {
                doubt.Failed(e); // Reading it back tells.
            }

            if (value.Equals((await ReadAsync(key, cancellationToken).ConfigureAwait(false)).Value))
            {
                return;
            }

            await doubt.PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Swaps a value: sends, reads, and sends the same again until it is decided.</summary>
    /// <param name="key">Under which it lies.</param>
    /// <param name="swap">From what to what.</param>
    /// <param name="isOlder">Whether bytes are of a time before; may say so to the doubt.</param>
    /// <param name="missing">What it means when nothing is there any more.</param>
    /// <param name="cancellationToken">Gives up, with the outcome unknown.</param>
    /// <exception cref="JournalStoreException">It was not decided in time.</exception>
    public async Task<HeadSwap> RunAsync(
        string key,
        HeadSwap swap,
        Func<StoredValue, StoreDoubt, bool> isOlder,
        JournalStoreException missing,
        CancellationToken cancellationToken)
    {
        var doubt = new StoreDoubt(patience, time);
        while (swap.Step is SwapStep.Send or SwapStep.Read)
        {
            if (swap.Step == SwapStep.Send)
            {
                await SendAsync(key, swap, doubt, cancellationToken).ConfigureAwait(false);
                swap = swap.Sent();
            }

            var found = await TryReadAsync(key, doubt, cancellationToken).ConfigureAwait(false);
            if (found is { Value: null } && swap.Known.Value is not null)
            {
                doubt.Saw(missing);
            }

            swap = swap.Read(found, value => isOlder(value, doubt));
            if (swap.Step is SwapStep.Send or SwapStep.Read)
            {
                await doubt.PauseAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return swap;
    }

    private async Task SendAsync(string key, HeadSwap swap, StoreDoubt doubt, CancellationToken cancellationToken)
    {
        try
        {
            await api.SwapAsync(key, swap.Next, swap.Known.ETag, cancellationToken).ConfigureAwait(false);
        }
        catch (StateCallException e)
        {
            doubt.Failed(e); // The read says what became of it.
        }
    }

    private async Task<HeadCopy?> TryReadAsync(string key, StoreDoubt doubt, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ReadAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (StateCallException e)
        {
            doubt.Failed(e);
            return null;
        }
    }
}
