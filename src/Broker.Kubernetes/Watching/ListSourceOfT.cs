using Broker.Kubernetes.Client;

namespace Broker.Kubernetes.Watching;

/// <summary>Where objects of one kind come from.</summary>
/// <typeparam name="T">The objects.</typeparam>
internal sealed record ListSource<T>(
    string Name,
    Func<CancellationToken, Task<ClusterList<T>>> List,
    Func<string, CancellationToken, IAsyncEnumerable<ClusterChange<T>>> Watch)
    where T : class;
