namespace Broker.Kubernetes.Client;

/// <summary>What happened to an object.</summary>
public enum ChangeKind
{
    /// <summary>It is there, new or changed.</summary>
    Present = 0,

    /// <summary>It was deleted.</summary>
    Deleted = 1,

    /// <summary>Nothing: everything up to this version was sent.</summary>
    Bookmark = 2,
}
