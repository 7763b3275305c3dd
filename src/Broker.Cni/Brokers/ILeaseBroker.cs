using Broker.Contracts.Leases;

namespace Broker.Cni.Brokers;

/// <summary>
/// Whoever decides leases for this node: the broker itself over mutual TLS, or the node's agent on its socket. None of
/// the calls throws for an answer that does not come; each may be repeated. A limit is the longest that a call may
/// take.
/// </summary>
internal interface ILeaseBroker : IDisposable
{
    /// <summary>No limit but the patience of the broker that is asked.</summary>
    static TimeSpan OwnPatience => TimeSpan.MaxValue;

    /// <summary>Asks for one address a family. A repeat has the same request id.</summary>
    Task<Reply<IReadOnlyList<GrantedAddress>>> GrantAsync(LeaseRequest request, TimeSpan limit);

    /// <summary>Ends what the attachment holds; the addresses that were freed, possibly none.</summary>
    Task<Reply<IReadOnlyList<string>>> ReleaseAsync(AttachmentName attachment, TimeSpan limit);

    /// <summary>What this node holds.</summary>
    Task<Reply<HeldLeases>> ListAsync(TimeSpan limit);

    /// <summary>Our standing, such as <c>active</c>.</summary>
    Task<Reply<string>> StandingAsync(TimeSpan limit);
}
