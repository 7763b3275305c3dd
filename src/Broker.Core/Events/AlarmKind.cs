namespace Broker.Core.Events;

/// <summary>What an alarm is about. The numbers are append-only.</summary>
public enum AlarmKind
{
    /// <summary>A chain-valid certificate that no approved request accounts for.</summary>
    Unwitnessed = 1,

    /// <summary>A retired certificate was used: somebody still holds the old key.</summary>
    Superseded = 2,

    /// <summary>A node asked in the name of another.</summary>
    SubjectMismatch = 3,

    /// <summary>A request for a name that has a live identity.</summary>
    NameTakeover = 4,

    /// <summary>One public key under two node names.</summary>
    KeyReuse = 5,

    /// <summary>A renewal that was asked for with a certificate that is not the node's on record.</summary>
    CustodyBroken = 6,

    /// <summary>A CSR whose parts contradict each other, or that was approved against the rules.</summary>
    CsrContradicted = 7,

    /// <summary>A certificate from a time when nobody watched.</summary>
    EvidenceGap = 8,
}
