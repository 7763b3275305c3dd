using Broker.Core.Journal;
using Broker.Core.Time;

namespace Broker.Core.Events;

/// <summary>
/// <c>evidence.gap</c>: from <c>Since</c> (null: ever before) to <c>Until</c> nobody watched the cluster's CSRs.
/// </summary>
public sealed record EvidenceGap(Instant? Since, Instant Until) : LedgerEvent
{
    /// <summary>
    /// From this length on evidence may be lost: the cluster removes a CSR an hour after its approval.
    /// </summary>
    public const long LossSeconds = 3_300;

    /// <inheritdoc/>
    public override Subject Subject => Subject.Ledger;

    /// <summary>Whether a CSR may have come and gone in it.</summary>
    public bool IsLoss =>
        Since is not { } since || Until.UnixMicroseconds - since.UnixMicroseconds > LossSeconds * 1_000_000;
}
