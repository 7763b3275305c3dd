namespace Broker.Testing.Dapr;

/// <summary>What a sidecar or its store may do to a call.</summary>
public enum SidecarFault
{
    /// <summary>Nothing goes wrong.</summary>
    None = 0,

    /// <summary>A write is applied, and its reply is an error.</summary>
    ReplyLost = 1,

    /// <summary>A write is answered with an error, and applied some time later.</summary>
    AppliedLate = 2,

    /// <summary>A write is applied, and the same one again some time later.</summary>
    Repeated = 3,

    /// <summary>A write fails and is not applied.</summary>
    Refused = 4,

    /// <summary>
    /// A write is answered as good and is not applied: etcd's skipped compare, MongoDB's lost commit.
    /// </summary>
    FalselyGood = 5,

    /// <summary>A read gives what was there before the last write.</summary>
    StaleRead = 6,

    /// <summary>A read fails.</summary>
    ReadFailed = 7,

    /// <summary>Of several writes of one call only the first is applied, and the reply is an error.</summary>
    Torn = 8,

    /// <summary>Every call fails: the store is down.</summary>
    StoreDown = 9,

    /// <summary>state.redis with a writeTimeout: each write of a transaction is queued twice.</summary>
    Doubled = 10,
}
