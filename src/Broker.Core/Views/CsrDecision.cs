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
}
