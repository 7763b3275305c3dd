using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary>
/// <c>csr.denied</c>: denied by a rule (named) or, when <c>Rule</c> is null, by the acting operator.
/// </summary>
public sealed record CsrDenied(CsrName Csr, string? Rule, PrivateText? Reason) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Csr(Csr);
}
