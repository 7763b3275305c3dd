namespace Broker.Core.Names;

/// <summary>
/// What the caller says of the pod: labels. What decides anything of them is read from the API server before. Each
/// part may be empty.
/// </summary>
public sealed record PodIdentity(string Namespace, string Name, string Uid)
{
    /// <summary>No pod was named.</summary>
    public static PodIdentity None { get; } = new(string.Empty, string.Empty, string.Empty);

    /// <summary>The workload that the pod is of; null unless both its namespace and its name are given.</summary>
    public WorkloadName? Workload =>
        Namespace.Length > 0 && Name.Length > 0 && WorkloadName.TryParse($"{Namespace}/{Name}", out var workload)
            ? workload
            : null;

    /// <summary>Whether each part is empty or has the form of its Kubernetes field.</summary>
    public bool IsWellFormed =>
        (Namespace.Length == 0 || NameRules.IsLabel(Namespace))
        && (Name.Length == 0 || NameRules.IsSubdomain(Name))
        && (Uid.Length == 0 || NameRules.IsToken(Uid, 64));
}
