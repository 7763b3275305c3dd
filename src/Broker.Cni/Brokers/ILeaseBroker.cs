using Broker.Contracts.Leases;

namespace Broker.Cni.Brokers;

/// <summary>
/// Whoever decides leases for this node: the broker itself over mutual TLS, or the node's agent on its socket. None of
/// the calls throws for an answer that does not come; each may be repeated.
/// </summary>
internal interface ILeaseBroker : IDisposable
{
    /// <summary>Asks for one address a family. A repeat has the same request id.</summary>
    Task<Reply<IReadOnlyList<GrantedAddress>>> GrantAsync(LeaseRequest request, CancellationToken cancellation);

    /// <summary>Ends what the attachment holds; the addresses that were freed, possibly none.</summary>
    Task<Reply<IReadOnlyList<string>>> ReleaseAsync(AttachmentName attachment, CancellationToken cancellation);

    /// <summary>What this node holds.</summary>
    Task<Reply<HeldLeases>> ListAsync(CancellationToken cancellation);

    /// <summary>Our standing, such as <c>active</c>.</summary>
    Task<Reply<string>> StandingAsync(CancellationToken cancellation);
}
