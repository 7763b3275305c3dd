namespace Broker.Journal.Writing;

/// <summary>Too much waits already; grants are turned away, everything else waits.</summary>
public sealed class OverloadedException(int retryAfterSeconds)
    : Exception($"The ledger is overloaded; try again in {retryAfterSeconds} s.")
{
    /// <summary>When to try again.</summary>
    public int RetryAfterSeconds { get; } = retryAfterSeconds;
}
