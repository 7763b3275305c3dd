using Broker.Core.Csrs;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Nodes;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core.Certificates;

/// <summary>
/// A certificate on record, until it is retired and expired for a while; without a request when it was adopted.
/// </summary>
internal sealed class CertificateState(CertificateWitnessed witnessed, NodeState node, CsrState? csr, long position)
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
    public NodeUid Uid { get; set; } = witnessed.Uid;

    public CsrState? Csr { get; } = csr;

    /// <summary>
    /// Its place among the certificates of its node: the decision on its request, or when it was adopted.
    /// </summary>
    public long Order { get; set; } = csr?.DecisionPosition ?? position;

    public KeyHash Key { get; } = witnessed.Key;

    public string Serial { get; } = witnessed.Serial;

    public KeyHash Issuer { get; } = witnessed.Issuer;

    /// <summary>When it was asked for, by the cluster's clock; null when nobody knows.</summary>
    public Instant? Requested { get; set; } = witnessed.Requested;

    public Assurance Assurance { get; set; } = witnessed.Assurance;

    /// <summary>Why it is on hold, as it was witnessed.</summary>
    public string? Hold { get; } = witnessed.Hold;

    public Instant NotAfter { get; } = witnessed.NotAfter;

    public CertificateSlot Slot { get; set; } = witnessed.Hold is null ? CertificateSlot.Next : CertificateSlot.Held;

    /// <summary>Next, current or in grace.</summary>
    public bool IsUsable => Slot is CertificateSlot.Next or CertificateSlot.Current or CertificateSlot.Grace;

    /// <summary>Retired or denied: never accepted again.</summary>
    public bool IsOver => Slot is CertificateSlot.Retired or CertificateSlot.Denied;

    /// <summary>When its grace is over.</summary>
    public LedgerTime GraceUntil { get; set; }

    /// <summary>The position of its <c>certificate.witnessed</c>.</summary>
    public long Position { get; } = position;

    private CertificateWitnessed Witnessed { get; } = witnessed;

    /// <summary>Whether it may be forgotten in an event recorded at that time.</summary>
    public bool IsForgettable(Instant at) =>
        IsOver && at.UnixMicroseconds - NotAfter.UnixMicroseconds > RememberedSeconds * 1_000_000;

    public CertificateView View() =>
        ViewAs(Witnessed, Slot, Position) with { Uid = Uid, Assurance = Assurance };

    /// <summary>An adopted certificate in the form of a witnessed one: without a request.</summary>
    public static CertificateWitnessed AsWitnessed(CertificateAdopted adopted, Instant at) => new(
        adopted.Certificate,
        default,
        adopted.Node,
        adopted.Uid,
        adopted.Key,
        adopted.Serial,
        adopted.Issuer,
        adopted.NotBefore,
        adopted.NotAfter,
        Assurance.Adopted,
        at);

    public static CertificateView ViewAs(CertificateWitnessed witnessed, CertificateSlot slot, long position) => new(
        witnessed.Certificate,
        witnessed.Node,
        witnessed.Uid,
        witnessed.Csr.Value is null ? null : witnessed.Csr,
        witnessed.Key,
        witnessed.Serial,
        witnessed.Issuer,
        witnessed.NotBefore,
        witnessed.NotAfter,
        slot,
        position,
        witnessed.Assurance,
        witnessed.Hold);

    /// <summary>Whether it was witnessed with exactly this content.</summary>
    public bool WasWitnessedAs(CertificateWitnessed witnessed) =>
        witnessed with { Uid = Witnessed.Uid } == Witnessed;
}
