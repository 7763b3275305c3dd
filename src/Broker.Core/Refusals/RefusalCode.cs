namespace Broker.Core.Refusals;

/// <summary>
/// Why a command was refused, in the order in which checks are made: shape, identity, repeat, reference, state, limit.
/// The numbers are append-only; on the wire each is its name in lower snake case.
/// </summary>
public enum RefusalCode
{
    // Shape: 100-199.

    /// <summary>A field has a wrong form; the detail names it.</summary>
    InvalidField = 100,

    /// <summary>The pool's CIDR, block size or exclusions contradict each other.</summary>
    InvalidPool = 101,

    // Identity: 200-299.

    /// <summary>No approved request accounts for this certificate.</summary>
    Unwitnessed = 200,

    /// <summary>The certificate was replaced by a newer one.</summary>
    Superseded = 201,

    /// <summary>The node is fenced.</summary>
    NodeFenced = 202,

    /// <summary>The node is quarantined: no new grants.</summary>
    NodeQuarantined = 203,

    /// <summary>The node was retired.</summary>
    NodeRetired = 204,

    /// <summary>The request names another node than its certificate.</summary>
    SubjectMismatch = 205,

    /// <summary>The Node object behind the name is another one than the certificate was witnessed for.</summary>
    NodeUidChanged = 206,

    /// <summary>The certificate has expired.</summary>
    CertificateExpired = 207,

    /// <summary>The certificate, its key or its serial number was denied.</summary>
    CertificateDenied = 208,

    /// <summary>The certificate is on hold until an operator has decided.</summary>
    Held = 209,

    /// <summary>The token is unknown, or its secret is wrong.</summary>
    TokenInvalid = 210,

    /// <summary>The token has expired.</summary>
    TokenExpired = 211,

    /// <summary>The token was for one use and was used.</summary>
    TokenUsed = 212,

    /// <summary>The token was revoked.</summary>
    TokenRevoked = 213,

    /// <summary>The token names other nodes.</summary>
    TokenNodeMismatch = 214,

    /// <summary>There is no Node object of the name yet: no grants.</summary>
    NodeUnregistered = 215,

    /// <summary>The API server has no pod of that name and UID.</summary>
    PodUnknown = 216,

    /// <summary>The pod is bound to another node than the one that asks.</summary>
    PodElsewhere = 217,

    /// <summary>The pod could not be looked up, and what it asks for is for one pod alone.</summary>
    PodUnverified = 218,

    // Repeat: 300-399.

    /// <summary>The attachment or request is already known with other content.</summary>
    Conflict = 300,

    /// <summary>The release for this attachment or request came first; the grant is not given any more.</summary>
    RequestEnded = 301,

    // Reference: 400-499.

    /// <summary>No such pool.</summary>
    PoolUnknown = 400,

    /// <summary>No such block, or not held by this node.</summary>
    BlockUnknown = 401,

    /// <summary>No such node.</summary>
    NodeUnknown = 402,

    /// <summary>No such signing request.</summary>
    CsrUnknown = 403,

    /// <summary>No such certificate.</summary>
    CertificateUnknown = 404,

    /// <summary>No such token.</summary>
    TokenUnknown = 405,

    /// <summary>No such lease.</summary>
    LeaseUnknown = 406,

    /// <summary>No such reservation.</summary>
    ReservationUnknown = 407,

    /// <summary>Of the pools of podCIDRs some are named and some are left out; they are granted together.</summary>
    PodCidrsIncomplete = 408,

    // State: 500-599.

    /// <summary>The pool is not open yet.</summary>
    PoolAdopting = 500,

    /// <summary>A thing of this name exists already, with other content.</summary>
    Exists = 501,

    /// <summary>The pool shares addresses with another pool of the ledger.</summary>
    PoolOverlaps = 502,

    /// <summary>The generation named is not the live one.</summary>
    GenerationStale = 503,

    /// <summary>Something in the block is still held.</summary>
    BlockInUse = 504,

    /// <summary>The block is leased by the node's agent, not by the broker.</summary>
    LessorAgent = 505,

    /// <summary>The signing request was decided already.</summary>
    CsrDecided = 506,

    /// <summary>The name has a live identity; only an operator may approve.</summary>
    NameTakeover = 507,

    /// <summary>The public key is known under another node name.</summary>
    KeyReuse = 508,

    /// <summary>The node holds blocks still.</summary>
    NodeInUse = 509,

    /// <summary>The reservation shares addresses with another one.</summary>
    ReservationOverlaps = 510,

    /// <summary>Addresses that are to be kept back are held.</summary>
    AddressHeld = 511,

    /// <summary>The pool cannot be changed like that; the detail names all that is in the way.</summary>
    PoolChangeRefused = 512,

    /// <summary>The Node object whose podCIDR the block is exists still.</summary>
    NodeExists = 513,

    /// <summary>The node is not fenced, so it could go on using what would be reclaimed.</summary>
    NodeNotFenced = 514,

    /// <summary>The evidence does not prove that the machine is gone.</summary>
    EvidenceInsufficient = 515,

    /// <summary>Nodes have podCIDRs in the pool that stand in no block or reservation; the detail names them.</summary>
    PodCidrsUnrecorded = 516,

    /// <summary>There is a pool of podCIDRs of that family already.</summary>
    PodCidrsPoolExists = 517,

    /// <summary>The address that was asked for cannot be leased; the detail says why.</summary>
    AddressUnavailable = 518,

    /// <summary>The address cannot be bound to a workload; the detail says why.</summary>
    ReservationUnbindable = 519,

    /// <summary>The pool is drained: it grants nothing any more.</summary>
    PoolDrained = 520,

    /// <summary>The pool is not drained, or something in it is held, reserved or cooling.</summary>
    PoolInUse = 521,

    // Limit: 600-699.

    /// <summary>No free block in the pool.</summary>
    PoolExhausted = 600,

    /// <summary>No free address in the node's blocks, and no further block to be had.</summary>
    BlockExhausted = 601,

    /// <summary>The node holds as many blocks of the pool as it may.</summary>
    BlockLimit = 602,

    /// <summary>The ledger holds as many pools, reservations, tokens or requests as it may.</summary>
    LedgerLimit = 603,

    /// <summary>The node has as many leases of the pool as it may.</summary>
    LeaseLimit = 604,

    /// <summary>The pods of the namespace have as many leases of the pool as they may.</summary>
    NamespaceQuota = 605,

    // At the door, before anything is decided: 650-699.

    /// <summary>The node asks too often.</summary>
    RateLimited = 650,
}
