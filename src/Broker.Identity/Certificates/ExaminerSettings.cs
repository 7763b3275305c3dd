using Broker.Core.Names;

namespace Broker.Identity.Certificates;

/// <summary>The limits and switches of an examination. The defaults are those of a Kubernetes cluster.</summary>
public sealed record ExaminerSettings
{
    /// <summary>The defaults.</summary>
    public static ExaminerSettings Default { get; } = new();

    /// <summary>Largest certificate, in bytes of DER; checked before parsing.</summary>
    public int CertificateBytesMax { get; init; } = 16 * 1024;

    /// <summary>Most certificates besides the leaf that a caller may send.</summary>
    public int ExtraCertificatesMax { get; init; } = 4;

    /// <summary>Most intermediates on a path.</summary>
    public int IntermediatesMax { get; init; } = 3;

    /// <summary>Shortest RSA modulus, in bits.</summary>
    public int RsaBitsMin { get; init; } = 2048;

    /// <summary>Longest RSA modulus, in bits; checked before any signature is verified.</summary>
    public int RsaBitsMax { get; init; } = 8192;

    /// <summary>How far in the future a certificate may begin.</summary>
    public TimeSpan ClockSkewMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Longest time from notBefore to notAfter: a year, which is the Kubernetes default, and a day for leap years.
    /// </summary>
    public TimeSpan LifetimeMax { get; init; } = TimeSpan.FromDays(366);

    /// <summary>
    /// Demand the signer's exact shape. Off only for public certificate suites, which know no such signer.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>Object identifier of the extended key usage that a path must allow; null for any.</summary>
    public string? RequiredEku { get; init; } = Der.Oids.ClientAuth;

    /// <summary>Keys that are refused wherever they appear on a path.</summary>
    public IReadOnlySet<KeyHash> DeniedKeys { get; init; } = new HashSet<KeyHash>();

    /// <summary>Keys of the CAs that may issue leaves; null for any CA under an anchor.</summary>
    public IReadOnlySet<KeyHash>? IssuerPins { get; init; }
}
