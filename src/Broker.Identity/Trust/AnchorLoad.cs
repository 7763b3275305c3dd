using System.Diagnostics.CodeAnalysis;
using Broker.Identity.Reasons;

namespace Broker.Identity.Trust;

/// <summary>What became of a file of trust anchors: the anchors, or every fault that was found in it.</summary>
public sealed record AnchorLoad
{
    private AnchorLoad(TrustAnchors? anchors, IReadOnlyList<IdentityRefusal> faults) =>
        (Anchors, Faults) = (anchors, faults);

    /// <summary>The anchors, or null when there are faults.</summary>
    public TrustAnchors? Anchors { get; }

    /// <summary>Every fault, in the order of the file; empty when the anchors are good.</summary>
    public IReadOnlyList<IdentityRefusal> Faults { get; }

    /// <summary>Whether the anchors may be used.</summary>
    [MemberNotNullWhen(true, nameof(Anchors))]
    public bool IsGood => Anchors is not null;

    internal static AnchorLoad Of(TrustAnchors anchors) => new(anchors, []);

    internal static AnchorLoad Failed(IReadOnlyList<IdentityRefusal> faults) => new(null, faults);
}
