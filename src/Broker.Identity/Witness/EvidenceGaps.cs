using Broker.Core.Events;
using Broker.Core.Time;
using Broker.Identity.Certificates;

namespace Broker.Identity.Witness;

/// <summary>When nobody watched long enough for evidence to be lost; the newest ones.</summary>
internal sealed class EvidenceGaps
{
    private const int GapsMax = 64;

    // The Kubernetes signer dates a certificate's beginning back by five minutes.
    private const long BackdatedMicroseconds = 300 * 1_000_000L;
    private volatile EvidenceGap[] gaps = [];

    public void Add(EvidenceGap gap)
    {
        if (gap.IsLoss)
        {
            gaps = [.. gaps.TakeLast(GapsMax - 1), gap];
        }
    }

    /// <summary>Whether the certificate may have been issued in one.</summary>
    public bool Hold(ExaminedCertificate c)
    {
        var issued = new Instant(Instant.From(c.NotBefore).UnixMicroseconds + BackdatedMicroseconds);
        return Array.Exists(gaps, gap => (gap.Since is not { } since || issued >= since) && issued <= gap.Until);
    }
}
