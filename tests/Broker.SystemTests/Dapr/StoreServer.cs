namespace Broker.SystemTests.Dapr;

/// <summary>The servers that state lies on.</summary>
public enum StoreServer
{
    /// <summary>Redis, every write fsynced.</summary>
    Redis = 0,

    /// <summary>PostgreSQL, synchronous commits.</summary>
    Postgres = 1,
}
