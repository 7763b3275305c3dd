using Broker.Core.Commands;
using Broker.Kubernetes.Leaks;

namespace Broker.Kubernetes.Recording;

/// <summary>The ledger as the recovery of leaks needs it.</summary>
public interface ILeakLedger
{
    /// <summary>The live leases that name a pod, as far as they are durable.</summary>
    IReadOnlyList<PodLease> Leases();

    /// <summary>Has a reclaim decided and made durable; answers how many addresses it ended.</summary>
    /// <exception cref="RecordStoppedException">The ledger takes nothing more.</exception>
    Task<int> ReclaimAsync(ReclaimLease command);
}
