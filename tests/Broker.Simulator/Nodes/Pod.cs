using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Simulator.Nodes;

/// <summary>A pod on a node, with an attachment that no other ever has.</summary>
internal sealed class Pod(Attachment attachment)
{
    public Attachment Attachment => attachment;

    public PodPhase Phase { get; set; }

    /// <summary>What was answered.</summary>
    public IReadOnlyList<LeaseView> Leases { get; set; } = [];

    /// <summary>What is on its way for it.</summary>
    public IErrand? Errand { get; set; }
}
