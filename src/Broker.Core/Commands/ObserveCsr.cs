using Broker.Core.Journal;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Record what a cluster made of a CSR; the same again is answered without an event. <c>Decision</c> is issued,
/// denied, failed or contradicted; <c>Code</c> is the reason of a contradiction, or the approver's for an issued one;
/// <c>Hold</c> is what the CSR by itself gives as reason to keep the certificate back. <c>NodeObject</c> is the Node
/// of that name as it is now.
/// </summary>
public sealed record ObserveCsr(
    ObservedRequest Csr,
    CsrDecision Decision,
    string? Code,
    ObservedCertificate? Certificate,
    string? Hold,
    ObservedNode? NodeObject)
    : Command<CsrView>(Actor.Broker, null);
