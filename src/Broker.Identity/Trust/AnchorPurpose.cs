namespace Broker.Identity.Trust;

/// <summary>Whose certificates a set of trust anchors vouches for.</summary>
public enum AnchorPurpose
{
    /// <summary>Nodes only; such an anchor never makes an operator or auditor.</summary>
    Nodes = 0,

    /// <summary>Operators and auditors only; such an anchor never makes a node.</summary>
    People = 1,
}
