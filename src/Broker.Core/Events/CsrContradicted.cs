using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary>
/// <c>csr.contradicted</c>: the parts of a CSR do not fit together, or it was approved against the rules; <c>Code</c>
/// is the reason's stable code. Its certificate counts for nothing.
/// </summary>
public sealed record CsrContradicted(CsrName Csr, string Code) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Csr(Csr);
}
