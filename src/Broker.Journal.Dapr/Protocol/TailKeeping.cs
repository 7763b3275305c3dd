namespace Broker.Journal.Dapr.Protocol;

/// <summary>
/// The batch that the head carries gets a key of its own before the next head stops carrying it: written, and read
/// back equal. Whoever writes that key writes the same bytes, so it may be written at any time and again.
/// </summary>
internal sealed record TailKeeping(TailStep Step)
{
    /// <summary>The batch was not written by this process yet.</summary>
    public static TailKeeping Begin() => new(TailStep.Write);

    /// <summary>It was sent; whatever was replied.</summary>
    public TailKeeping Written() => this with { Step = TailStep.Read };

    /// <summary>It was read back, and was equal or not; not equal also when the read failed.</summary>
    public TailKeeping Read(bool isEqual) =>
        this with { Step = isEqual ? TailStep.Kept : TailStep.Write };
}
