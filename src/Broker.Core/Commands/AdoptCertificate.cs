using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Take over a certificate without an approved CSR, or let one off its hold. An operator may do so for any node; the
/// broker itself only at first sight, for a Node object without a certificate on record. <c>SeenUid</c> is the Node
/// UID that the operator saw: another one is <c>conflict</c>.
/// </summary>
public sealed record AdoptCertificate(
    Actor Actor,
    NodeName Node,
    NodeUid? SeenUid,
    ObservedCertificate Certificate,
    ObservedNode? NodeObject,
    PrivateText? Reason)
    : Command<CertificateView>(Actor, null);
