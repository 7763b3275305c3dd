using Broker.Identity.Certificates;
using Broker.Identity.Csr;
using Broker.Identity.Reasons;

namespace Broker.Kubernetes.Witness;

/// <summary>What the witness makes of one CSR.</summary>
public sealed record CsrVerdict
{
    public required CsrOutcome Outcome { get; init; }

    /// <summary>Why it is denied, failed, contradicted or ignored; null when pending or issued.</summary>
    public IdentityRefusal? Refusal { get; init; }

    /// <summary>The request; null when it cannot be read or is no node's.</summary>
    public ExaminedCsr? Request { get; init; }

    /// <summary>In what capacity it was asked for; meaningful when issued.</summary>
    public RequesterKind Requester { get; init; }

    /// <summary>Which certificate the requester showed to the API server.</summary>
    public Custody Custody { get; init; } = new(false, null);

    /// <summary>The node that the requester is bound to, where the API server says so.</summary>
    public BoundNode? Bound { get; init; }

    /// <summary>What the approver gave as reason: free text of the cluster.</summary>
    public string? Approval { get; init; }

    /// <summary>The certificate; set when issued.</summary>
    public ExaminedCertificate? Certificate { get; init; }

    /// <summary>The certificate in DER; set when issued.</summary>
    public ReadOnlyMemory<byte> CertificateDer { get; init; }

    /// <summary>A reason to keep the certificate on hold; null when there is none in the CSR itself.</summary>
    public IdentityRefusal? Hold { get; init; }

    /// <summary>
    /// Whether the CSR bears the name that follows from its key and subject; null when it bears a generated one.
    /// </summary>
    public bool? BearsItsName { get; init; }

    /// <summary>What follows the request in its PEM, such as attestation data; kept apart, never parsed.</summary>
    public IReadOnlyList<PemBlock> ExtraBlocks { get; init; } = [];
}
