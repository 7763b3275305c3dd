using Broker.Core.Commands;
using Broker.Journal.Writing;
using Broker.Kubernetes.Leaks;
using Broker.Kubernetes.Recording;

namespace Broker.Server.Cluster.Pods;

/// <summary>Writes down what the recovery of leaks has seen.</summary>
internal sealed class LeakLedger(LedgerWriter writer, PodLeases leases) : ILeakLedger
{
    /// <inheritdoc/>
    public IReadOnlyList<PodLease> Leases() => leases.Read();

    /// <inheritdoc/>
    public async Task<int> ReclaimAsync(ReclaimLease command)
    {
        try
        {
            var outcome = await writer.SubmitAsync(command, CancellationToken.None);
            return outcome.Refusal is { } refusal
                ? throw new InvalidOperationException($"A reclaim was refused: {refusal.Detail}")
                : outcome.Answer!.Addresses.Count;
        }
        catch (WriterStoppedException stopped)
        {
            throw new RecordStoppedException(stopped.Message, stopped);
        }
    }
}
