namespace Broker.Tests.Journal.Dapr.Exploring;

/// <summary>How a store takes the writes of one call.</summary>
internal enum StoreKind
{
    /// <summary>PostgreSQL, SQLite: all of them or none; a compare-and-swap of a missing key fails.</summary>
    Atomic = 0,

    /// <summary>Redis: one after the other, and one that is refused undoes nothing.</summary>
    Redis = 1,

    /// <summary>Each at a time of its own, or never.</summary>
    Independent = 2,
}
