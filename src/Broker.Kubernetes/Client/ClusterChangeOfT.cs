namespace Broker.Kubernetes.Client;

/// <summary>One change; a bookmark brings a version only, and no object.</summary>
/// <typeparam name="T">The object.</typeparam>
public sealed record ClusterChange<T>(ChangeKind Kind, T? Item, string ResourceVersion)
    where T : class;
