namespace Broker.Cli.Pools.Apply;

/// <summary>Something that is wrong in a file of pools, and where.</summary>
internal sealed record PoolFileFault(long Line, long Column, string Sentence)
{
    /// <summary>Such as <c>line 3, column 5: 'cdir' is not known here.</c></summary>
    public override string ToString() => FormattableString.Invariant($"line {Line}, column {Column}: {Sentence}");
}
