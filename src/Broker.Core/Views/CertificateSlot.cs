namespace Broker.Core.Views;

/// <summary>Which of a node's slots a certificate is in.</summary>
public enum CertificateSlot
{
    /// <summary>Witnessed, not used yet.</summary>
    Next = 0,

    /// <summary>The one in use.</summary>
    Current = 1,

    /// <summary>Replaced, still accepted until the grace is over.</summary>
    Grace = 2,

    /// <summary>Never accepted again.</summary>
    Retired = 3,

    /// <summary>Witnessed, and kept from use until an operator has decided.</summary>
    Held = 4,

    /// <summary>Denied by an operator: never accepted again.</summary>
    Denied = 5,
}
