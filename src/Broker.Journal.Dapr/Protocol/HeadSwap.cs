namespace Broker.Journal.Dapr.Protocol;

/// <summary>
/// The compare-and-swap of the head as a pure machine; the store runs it, and an exhaustive exploration of two and
/// three writers runs the same one. The reply of the swap is no input: only a read of the head that gives exactly the
/// bytes that were sent is a commit, and an ETag is adopted only together with bytes that are known.
/// </summary>
/// <param name="Known">The head that is to be replaced, as it was read.</param>
/// <param name="Next">What is to stand there.</param>
/// <param name="Step">What is to be done.</param>
internal sealed record HeadSwap(HeadCopy Known, StoredValue Next, SwapStep Step)
{
    /// <summary>Begins a swap.</summary>
    public static HeadSwap Begin(HeadCopy known, StoredValue next) => new(known, next, SwapStep.Send);

    /// <summary>The swap was sent; whatever was replied, it may be applied now, later or never.</summary>
    public HeadSwap Sent() => this with { Step = SwapStep.Read };

    /// <summary>The head was read.</summary>
    /// <param name="found">What was read; null when the read failed.</param>
    /// <param name="isOlder">
    /// Whether bytes are of a time before <see cref="Known"/>: a read that lags, or a store that went back.
    /// </param>
    public HeadSwap Read(HeadCopy? found, Func<StoredValue, bool> isOlder)
    {
        if (found is null)
        {
            return this; // Nothing was learned: read again. The caller's patience ends that.
        }

        if (Next.Equals(found.Value))
        {
            return new HeadSwap(found, Next, SwapStep.Committed);
        }

        if (Equals(found.Value, Known.Value))
        {
            // It may still be on its way: no other bytes for this place.
            return new HeadSwap(found, Next, SwapStep.Send);
        }

        return found.Value is not { } value || isOlder(value) ? this : this with { Step = SwapStep.Superseded };
    }
}
