using System.Diagnostics.CodeAnalysis;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Views;
using Broker.Identity.Reasons;

namespace Broker.Identity.Witness;

/// <summary>
/// What the record says of an examined node certificate: accepted with the node behind it, or refused. Quarantined
/// nodes are accepted here; deciding refuses their grants.
/// </summary>
public sealed record IdentityVerdict
{
    private IdentityVerdict()
    {
    }

    /// <summary>Whether the certificate is on record and may be used.</summary>
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Refusal is null;

    /// <summary>The Node that the certificate was witnessed for; meaningful when accepted.</summary>
    public NodeUid NodeUid { get; private init; }

    /// <summary>Next, current or grace; meaningful when accepted.</summary>
    public CertificateSlot Slot { get; private init; }

    /// <summary>Active or quarantined; meaningful when accepted.</summary>
    public Standing Standing { get; private init; }

    /// <summary>First use of a <c>next</c> certificate: promote it before anything else.</summary>
    public bool NeedsPromotion => IsAccepted && Slot == CertificateSlot.Next;

    /// <summary>Null when accepted.</summary>
    public IdentityRefusal? Refusal { get; private init; }

    /// <summary>Set when the refusal should wake an operator.</summary>
    public AlarmKind? Alarm { get; private init; }

    internal static IdentityVerdict Accepted(NodeUid uid, CertificateSlot slot, Standing standing) =>
        new() { NodeUid = uid, Slot = slot, Standing = standing };

    internal static IdentityVerdict Refused(string code, string detail, AlarmKind? alarm = null) =>
        new() { Refusal = new IdentityRefusal(code, detail), Alarm = alarm };
}
