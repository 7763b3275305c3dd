using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>csr.failed</c>: the cluster's signer refused the request.</summary>
public sealed record CsrFailed(CsrName Csr) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Csr(Csr);
}
