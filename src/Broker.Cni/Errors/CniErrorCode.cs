namespace Broker.Cni.Errors;

/// <summary>
/// Codes of the CNI specification 1.1.0, section 5, and from 100 on our own. Runtimes drop them, so message and
/// details must say all by themselves.
/// </summary>
internal enum CniErrorCode
{
    IncompatibleVersion = 1,
    UnsupportedField = 2,
    InvalidEnvironment = 4,
    Io = 5,
    Decoding = 6,
    InvalidNetworkConfig = 7,
    TryAgainLater = 11,
    PluginNotAvailable = 50,

    /// <summary>The broker does not take this node's certificate, or the node may not ask now.</summary>
    NotAuthorised = 100,

    /// <summary>No free address.</summary>
    Exhausted = 101,

    /// <summary>The attachment holds a lease already.</summary>
    Conflict = 102,

    /// <summary>A pool is unknown, not open yet, or not for the broker to lease from.</summary>
    PoolNotUsable = 103,

    /// <summary>CHECK: the broker's leases are not those of prevResult.</summary>
    LeaseMissing = 104,

    /// <summary>What answered is not a broker, or not one of this version.</summary>
    NotTheBroker = 105,

    /// <summary>The broker refuses for another reason, which the message names.</summary>
    Refused = 106,

    /// <summary>A fault of this program.</summary>
    Internal = 999,
}
