namespace Broker.Core.Journal;

/// <summary>What an event is about.</summary>
public enum SubjectKind
{
    /// <summary>The ledger itself.</summary>
    Ledger = 0,

    /// <summary>One address.</summary>
    Ip = 1,

    /// <summary>One block, by its CIDR.</summary>
    Block = 2,

    /// <summary>One node, by name.</summary>
    Node = 3,

    /// <summary>One pool, by name.</summary>
    Pool = 4,

    /// <summary>One CertificateSigningRequest, by name.</summary>
    Csr = 5,

    /// <summary>One bootstrap token, by its public id.</summary>
    Token = 6,
}
