using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary>
/// <c>csr.approved</c>: approved by a rule (named) or, when <c>Rule</c> is null, by the acting operator.
/// </summary>
public sealed record CsrApproved(CsrName Csr, string? Rule, PrivateText? Reason) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Csr(Csr);
}
