namespace Broker.Core.Events;

/// <summary>How much is known of how a certificate came to be. The numbers are append-only.</summary>
public enum Assurance
{
    /// <summary>Issued by the broker's own flow, which saw all of it.</summary>
    Embedded = 0,

    /// <summary>
    /// Witnessed through an approved CSR whose requester showed a certificate of the node that is on record: an
    /// unbroken chain.
    /// </summary>
    WitnessedCustody = 1,

    /// <summary>Witnessed through an approved CSR.</summary>
    Witnessed = 2,

    /// <summary>Taken over without a CSR, or let off its hold, by an operator or at first sight.</summary>
    Adopted = 3,
}
