using Broker.Core.Events;

namespace Broker.Server.History;

/// <summary>What the journal has on one lease, from its node's signing request to its end.</summary>
/// <param name="Granted">The <c>lease.granted</c>.</param>
/// <param name="Released">What ended it, or null.</param>
/// <param name="Block">The subnet that it lies in.</param>
/// <param name="Assurance">How much is known of the certificate that asked.</param>
/// <param name="Csr">The signing request of the certificate that asked.</param>
/// <param name="Requester">Who filed that one.</param>
/// <param name="Approved">Its <c>csr.approved</c>.</param>
internal sealed record Holding(
    PlacedFact Granted,
    PlacedFact? Released,
    string Block,
    Assurance? Assurance,
    string? Csr,
    string? Requester,
    PlacedFact? Approved);
