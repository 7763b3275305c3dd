using Broker.Kubernetes.Client;

namespace Broker.Kubernetes.Watching;

/// <summary>Takes in what a <see cref="ListWatch{T}"/> sees, one call after the other.</summary>
/// <typeparam name="T">The objects.</typeparam>
internal interface IListTarget<T>
    where T : class
{
    /// <summary>A whole list. Answers how soon another is wanted, or null for the usual time.</summary>
    Task<TimeSpan?> ListedAsync(ListSeen<T> seen, CancellationToken cancellation);

    /// <summary>A change after it.</summary>
    Task ChangedAsync(ClusterChange<T> change, CancellationToken cancellation);
}
