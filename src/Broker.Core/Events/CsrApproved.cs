using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary>
/// <c>csr.approved</c>: approved by a rule (named) or, when <c>Rule</c> is null, by the acting operator.
/// The rule <c>cluster</c> is the cluster's own approver; <c>Approval</c> is the reason that it gave.
/// </summary>
public sealed record CsrApproved(CsrName Csr, string? Rule, PrivateText? Reason, string? Approval = null)
    : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Csr(Csr);
}
