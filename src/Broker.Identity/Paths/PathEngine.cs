using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Certificates;
using Broker.Identity.Der;
using Broker.Identity.Profile;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;

namespace Broker.Identity.Paths;

/// <summary>
/// Builds the path from a leaf to one of the anchors. Only <c>Build() == true</c> counts (CVE-2024-0057: the reasons of
/// a failed build can be wrong, so they explain and never decide), and the end must be an anchor byte for byte. On top
/// come the rules that the chain engine of Linux does not know.
/// </summary>
internal sealed class PathEngine(TrustAnchors anchors, ExaminerSettings settings)
{
    /// <summary>One validation with a chain and policy of its own; neither is safe to share.</summary>
    internal PathResult Build(
        X509Certificate2 leaf, DerCertificate leafDer, X509Certificate2Collection extra, DateTimeOffset now)
    {
        // Within the allowed skew a certificate is looked at as of its first second.
        var at = leafDer.NotBefore > now && leafDer.NotBefore - now <= settings.ClockSkewMax ? leafDer.NotBefore : now;
        using var chain = new X509Chain();
        chain.ChainPolicy = anchors.NewChainPolicy(at, settings.RequiredEku);
        chain.ChainPolicy.ExtraStore.AddRange(extra);
        try
        {
            return chain.Build(leaf) ? CheckBuilt(chain, leafDer, now) : PathFaults.Explain(chain, anchors, settings);
        }
        finally
        {
            // Disposing a chain does not dispose its elements.
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }

    private PathResult CheckBuilt(X509Chain chain, DerCertificate leafDer, DateTimeOffset now)
    {
        var elements = chain.ChainElements;
        if (!elements[0].Certificate.RawDataMemory.Span.SequenceEqual(leafDer.Raw.Span))
        {
            return PathResult.Refused(ReasonCodes.Encoding, "The chain was built for other bytes.");
        }

        if (elements.Count == 1)
        {
            return PathResult.Refused(ReasonCodes.ChainLength1, "The certificate is itself a trust anchor.");
        }

        if (!anchors.IsAnchor(elements[^1].Certificate.RawDataMemory.Span))
        {
            return PathResult.Refused(ReasonCodes.Untrusted, "The path does not end in a trust anchor.");
        }

        if (elements.Count - 2 > settings.IntermediatesMax)
        {
            return PathResult.Refused(
                ReasonCodes.TooDeep, $"The path has {elements.Count - 2} intermediates.");
        }

        var issuers = new List<DerCertificate>(elements.Count - 1);
        for (var i = 1; i < elements.Count; i++)
        {
            var issuer = DerCertificate.Read(elements[i].Certificate.RawData);
            var refusal = IssuerRules.Check(issuer, isAnchor: i == elements.Count - 1, settings)
                ?? CheckValidity(issuer, now);
            if (refusal is not null)
            {
                return new PathResult([], refusal, false);
            }

            issuers.Add(issuer);
        }

        return settings.IssuerPins is { } pins && !pins.Contains(KeyHashes.OfSpki(issuers[0].Spki.Span))
            ? PathResult.Refused(ReasonCodes.IssuerNotPinned, "The issuer's key is not pinned.")
            : new PathResult(issuers, null, false);
    }

    private IdentityRefusal? CheckValidity(DerCertificate issuer, DateTimeOffset now) =>
        now >= issuer.NotAfter || issuer.NotBefore - now > settings.ClockSkewMax
            ? new(ReasonCodes.CaValidity, "A CA certificate on the path is not valid now.")
            : null;
}
