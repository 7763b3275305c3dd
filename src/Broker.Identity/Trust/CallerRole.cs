namespace Broker.Identity.Trust;

/// <summary>What a certificate makes its holder. Decided by the trust anchor first, then by the subject.</summary>
public enum CallerRole
{
    /// <summary>A node: anchor of the nodes, <c>O=system:nodes, CN=system:node:NAME</c>.</summary>
    Node = 0,

    /// <summary>An operator: anchor of the people, <c>O=broker:operators</c>.</summary>
    Operator = 1,

    /// <summary>An auditor: anchor of the people, <c>O=broker:auditors</c>.</summary>
    Auditor = 2,
}
