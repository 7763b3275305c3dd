namespace Broker.Kubernetes.Witness;

/// <summary>What the cluster made of a CSR, and whether its parts agree.</summary>
public enum CsrOutcome
{
    /// <summary>Not ours: another signer, or nothing that a node could have asked for.</summary>
    Ignored = 0,

    /// <summary>Neither decided nor signed, or approved and not signed yet: to be looked at again.</summary>
    Pending = 1,

    /// <summary>Denied.</summary>
    Denied = 2,

    /// <summary>Failed: the signer refused it.</summary>
    Failed = 3,

    /// <summary>Its parts contradict each other, or it was approved against the broker's own rules.</summary>
    Contradicted = 4,

    /// <summary>Approved and signed, and everything fits.</summary>
    Issued = 5,
}
