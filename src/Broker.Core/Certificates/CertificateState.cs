using Broker.Core.Csrs;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Nodes;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core.Certificates;

/// <summary>A witnessed certificate, until it is retired and expired for a while.</summary>
internal sealed class CertificateState(CertificateWitnessed witnessed, NodeState node, CsrState csr, long position)
{
    /// <summary>How long a replaced certificate is still accepted.</summary>
    public const int GraceSeconds = 60;

    /// <summary>
    /// How long past its end a retired certificate is remembered, so that its use is named for what it is. Far less
    /// than the shortest lifetime of certificates times <see cref="CertificateRules.RememberedMax"/>.
    /// </summary>
    public const long RememberedSeconds = 3_600;

    public CertificateHash Hash { get; } = witnessed.Certificate;

    public NodeState Node { get; } = node;

    /// <summary>The Node UID that it was witnessed for.</summary>
    public NodeUid Uid { get; } = witnessed.Uid;

    public CsrState Csr { get; } = csr;

    public KeyHash Key { get; } = witnessed.Key;

    public Instant NotAfter { get; } = witnessed.NotAfter;

    public CertificateSlot Slot { get; set; } = CertificateSlot.Next;

    /// <summary>When its grace is over.</summary>
    public LedgerTime GraceUntil { get; set; }

    /// <summary>The position of its <c>certificate.witnessed</c>.</summary>
    public long Position { get; } = position;

    private CertificateWitnessed Witnessed { get; } = witnessed;

    /// <summary>Whether it may be forgotten in an event recorded at that time.</summary>
    public bool IsForgettable(Instant at) =>
        Slot == CertificateSlot.Retired
        && at.UnixMicroseconds - NotAfter.UnixMicroseconds > RememberedSeconds * 1_000_000;

    public CertificateView View() => ViewAs(Witnessed, Slot, Position);

    public static CertificateView ViewAs(CertificateWitnessed witnessed, CertificateSlot slot, long position) => new(
        witnessed.Certificate,
        witnessed.Node,
        witnessed.Uid,
        witnessed.Csr,
        witnessed.Key,
        witnessed.Serial,
        witnessed.Issuer,
        witnessed.NotBefore,
        witnessed.NotAfter,
        slot,
        position);

    /// <summary>Whether it was witnessed with exactly this content.</summary>
    public bool WasWitnessedAs(CertificateWitnessed witnessed) =>
        witnessed with { Uid = Witnessed.Uid } == Witnessed;
}
