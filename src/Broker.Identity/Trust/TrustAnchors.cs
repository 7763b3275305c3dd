using System.Security.Cryptography.X509Certificates;
using Broker.Core.Names;
using Broker.Identity.Reasons;

namespace Broker.Identity.Trust;

/// <summary>
/// The pinned CAs of one purpose: the only ends that a path may have. Intermediates help to build a path and are never
/// trusted by themselves. Immutable and safe to share; the certificates live as long as the process.
/// </summary>
public sealed class TrustAnchors
{
    /// <summary>Most certificates in one file.</summary>
    public const int CertificatesMax = 16;

    /// <summary>Longest file, in characters.</summary>
    public const int PemCharsMax = 512 * 1024;

    private readonly HashSet<KeyHash> keys;

    internal TrustAnchors(
        AnchorPurpose purpose, IReadOnlyList<X509Certificate2> roots, IReadOnlyList<X509Certificate2> intermediates)
    {
        Purpose = purpose;
        Roots = roots;
        Intermediates = intermediates;
        keys = [.. roots.Select(KeyHashes.Of)];
    }

    /// <summary>Whose certificates these anchors vouch for.</summary>
    public AnchorPurpose Purpose { get; }

    /// <summary>The anchors: self-issued CA certificates without private keys.</summary>
    public IReadOnlyList<X509Certificate2> Roots { get; }

    /// <summary>Configured helpers for clients that send their leaf only.</summary>
    public IReadOnlyList<X509Certificate2> Intermediates { get; }

    /// <summary>Takes the CA certificates of a PEM text, all faults named at once.</summary>
    /// <param name="purpose">Whose certificates they vouch for.</param>
    /// <param name="pem">CERTIFICATE blocks only.</param>
    /// <param name="now">An anchor that is not valid now is a fault.</param>
    /// <param name="intermediatesPem">Intermediate CA certificates, or null.</param>
    public static AnchorLoad Load(
        AnchorPurpose purpose, string pem, DateTimeOffset now, string? intermediatesPem = null)
    {
        var reader = new AnchorReader(now);
        var roots = reader.ReadRoots(pem);
        var intermediates = intermediatesPem is null ? [] : reader.ReadIntermediates(intermediatesPem);
        return reader.Faults.Count > 0
            ? AnchorLoad.Failed(reader.Faults)
            : AnchorLoad.Of(new TrustAnchors(purpose, roots, intermediates));
    }

    /// <summary>Whether an anchor of this key is among them.</summary>
    public bool Holds(KeyHash anchor) => keys.Contains(anchor);

    /// <summary>
    /// A refusal when one key stands in both sets: who can issue for nodes could then issue operators.
    /// </summary>
    public IdentityRefusal? SharedWith(TrustAnchors other)
    {
        var shared = Roots.FirstOrDefault(root => other.keys.Contains(KeyHashes.Of(root)));
        return shared is null
            ? null
            : new IdentityRefusal(ReasonCodes.AnchorShared, $"The CA '{shared.Subject}' is in both sets.");
    }

    /// <summary>
    /// A policy of its own for one validation, with every default that would reach for the network or the system's
    /// certificates switched off (SslStream writes into the policy that it is given, so none is shared).
    /// </summary>
    /// <param name="at">The time of validation; converted to UTC.</param>
    /// <param name="requiredEku">The extended key usage that the path must allow, or null for any.</param>
    public X509ChainPolicy NewChainPolicy(DateTimeOffset at, string? requiredEku)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            RevocationFlag = X509RevocationFlag.EndCertificateOnly,
            DisableCertificateDownloads = true,
            VerificationTime = at.UtcDateTime,
        };
        if (requiredEku is not null)
        {
            _ = policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(requiredEku));
        }

        policy.CustomTrustStore.AddRange(Roots.ToArray());
        policy.ExtraStore.AddRange(Intermediates.ToArray());
        return policy;
    }

    /// <summary>Whether exactly these bytes are one of the anchors.</summary>
    internal bool IsAnchor(ReadOnlySpan<byte> der)
    {
        foreach (var root in Roots)
        {
            if (root.RawDataMemory.Span.SequenceEqual(der))
            {
                return true;
            }
        }

        return false;
    }
}
