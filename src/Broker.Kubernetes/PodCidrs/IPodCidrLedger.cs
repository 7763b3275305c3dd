using Broker.Core.PodCidrs;
using Broker.Kubernetes.Recording;

namespace Broker.Kubernetes.PodCidrs;

/// <summary>
/// Where the podCIDRs of Nodes come from, and where those are written down that Nodes have already. A stopped ledger
/// throws <see cref="RecordStoppedException"/>.
/// </summary>
public interface IPodCidrLedger
{
    /// <summary>What is durable now.</summary>
    Task<PodCidrState> ReadAsync();

    /// <summary>Writes a Node's podCIDRs down; answers a sentence for each that could not be.</summary>
    Task<IReadOnlyList<string>> AdoptAsync(NodePodCidrs seen);
}
