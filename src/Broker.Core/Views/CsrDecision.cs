namespace Broker.Core.Views;

/// <summary>What was decided on a signing request.</summary>
public enum CsrDecision
{
    /// <summary>To be signed.</summary>
    Approved = 0,

    /// <summary>Never to be signed.</summary>
    Denied = 1,

    /// <summary>Signed, and the certificate witnessed.</summary>
    Issued = 2,

    /// <summary>Refused by the cluster's signer.</summary>
    Failed = 3,

    /// <summary>Approved or signed in a way that does not fit; its certificate counts for nothing.</summary>
    Contradicted = 4,
}
