namespace Broker.Kubernetes.Witness;

/// <summary>In what capacity somebody filed a CSR.</summary>
public enum RequesterKind
{
    /// <summary>A bootstrap identity: it may ask for any name.</summary>
    Bootstrap = 0,

    /// <summary>The node itself.</summary>
    Node = 1,

    /// <summary>Somebody whom the settings name.</summary>
    Listed = 2,

    /// <summary>
    /// Somebody whom the settings name, and of whom the API server says that it runs as a pod on this very node: as
    /// good as the node itself.
    /// </summary>
    Bound = 3,
}
