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
}
