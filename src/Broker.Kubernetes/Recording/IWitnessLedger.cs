using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Kubernetes.Recording;

/// <summary>
/// Where the witness writes down what it saw, and what was known before it began. Each call returns once its events
/// are durable; a stopped ledger throws <see cref="RecordStoppedException"/>.
/// </summary>
public interface IWitnessLedger
{
    /// <summary>Records a CSR; request and certificate in DER are stored before the events that name them.</summary>
    Task<Outcome<CsrView>> ObserveAsync(
        ObserveCsr command, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> certificate);

    /// <summary>Binds a Node object to its name.</summary>
    Task BindAsync(BindNode command);

    /// <summary>The Node object is gone.</summary>
    Task LoseAsync(LoseNode command);

    /// <summary>
    /// Reclaims what was granted to that Node object, where a pool says that its deletion is evidence; nothing else
    /// moves. The Node object of that name as it is now, or null.
    /// </summary>
    Task ReclaimAsync(NodeName node, Evidence evidence, ObservedNode? nodeObject);

    /// <summary>Nobody watched for a while.</summary>
    Task RecordGapAsync(RecordGap command);

    /// <summary>
    /// The registered nodes that are neither fenced nor retired, and the fenced ones that hold what the deletion of
    /// their Nodes would give back.
    /// </summary>
    Task<IReadOnlyList<NodeView>> NodesAsync();
}
