namespace Broker.Core.Events;

/// <summary>What is known of the pod that a lease names. The numbers are append-only.</summary>
public enum PodAssurance
{
    /// <summary>Nobody looked: there is no cluster, or the caller named no pod.</summary>
    None = 0,

    /// <summary>Read from the API server: a pod of that UID, bound to the node that asked.</summary>
    Verified = 1,

    /// <summary>The API server could not be asked, or cannot know: the caller's words only.</summary>
    Unverified = 2,
}
