using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Certificates;
using Broker.Identity.Der;
using Broker.Identity.Profile;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;

namespace Broker.Identity.Paths;

/// <summary>
/// Puts a failed build into one of our reasons. The path is refused already; here it only gets its name, the most
/// telling one first.
/// </summary>
internal static class PathFaults
{
    internal static PathResult Explain(X509Chain chain, TrustAnchors anchors, ExaminerSettings settings)
    {
        var elements = chain.ChainElements;
        var all = X509ChainStatusFlags.NoError;
        var leaf = X509ChainStatusFlags.NoError;
        for (var i = 0; i < elements.Count; i++)
        {
            foreach (var status in elements[i].ChainElementStatus)
            {
                all |= status.Status;
                leaf |= i == 0 ? status.Status : X509ChainStatusFlags.NoError;
            }
        }

        foreach (var status in chain.ChainStatus)
        {
            all |= status.Status;
        }

        // An unfinished path says nothing about the certificates on it: name what is missing.
        if (all.HasFlag(X509ChainStatusFlags.UntrustedRoot)
            || (all.HasFlag(X509ChainStatusFlags.PartialChain) && EndsAtNamesake(elements, anchors)))
        {
            return PathResult.Refused(ReasonCodes.Untrusted, "The path ends in a CA that is not an anchor.");
        }

        return ExplainIssuers(elements, settings) ?? ExplainFlags(all, leaf);
    }

    /// <summary>The missing issuer bears the name of an anchor: that is another CA, not a missing one.</summary>
    private static bool EndsAtNamesake(X509ChainElementCollection elements, TrustAnchors anchors) =>
        elements.Count > 0
        && anchors.Roots.Any(root => root.SubjectName.RawData.AsSpan().SequenceEqual(
            elements[^1].Certificate.IssuerName.RawData));

    private static PathResult? ExplainIssuers(X509ChainElementCollection elements, ExaminerSettings settings)
    {
        for (var i = 1; i < elements.Count; i++)
        {
            var issuer = DerCertificate.Read(elements[i].Certificate.RawData);
            var refusal = IssuerRules.Check(issuer, isAnchor: i == elements.Count - 1, settings);
            if (refusal is not null)
            {
                return new PathResult([], refusal, false);
            }
        }

        return null;
    }

    private static PathResult ExplainFlags(X509ChainStatusFlags all, X509ChainStatusFlags leaf)
    {
        if (all.HasFlag(X509ChainStatusFlags.PartialChain))
        {
            return PathResult.Refused(ReasonCodes.PartialChain, "No path from the certificate to an anchor.");
        }

        if (all.HasFlag(X509ChainStatusFlags.NotSignatureValid))
        {
            return PathResult.Refused(ReasonCodes.Signature, "A signature on the path does not verify.");
        }

        if (all.HasFlag(X509ChainStatusFlags.InvalidBasicConstraints))
        {
            return PathResult.Refused(ReasonCodes.PathLen, "The path is longer than an issuer allows.");
        }

        if ((all & NameConstraintFlags) != 0)
        {
            return PathResult.Refused(ReasonCodes.NameConstraint, "The name is not one that the CA may issue for.");
        }

        if (all.HasFlag(X509ChainStatusFlags.HasNotSupportedCriticalExtension))
        {
            return PathResult.Refused(
                ReasonCodes.CriticalExtension,
                "A critical extension on the path is not known.",
                leaf.HasFlag(X509ChainStatusFlags.HasNotSupportedCriticalExtension));
        }

        if (all.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            var leafAtFault = leaf.HasFlag(X509ChainStatusFlags.NotTimeValid);
            return PathResult.Refused(
                leafAtFault ? ReasonCodes.Expired : ReasonCodes.CaValidity,
                "A certificate on the path is not valid now.",
                leafAtFault);
        }

        return all.HasFlag(X509ChainStatusFlags.NotValidForUsage)
            ? PathResult.Refused(ReasonCodes.Eku, "The path does not allow client authentication.", leafAtFault: true)
            : PathResult.Refused(ReasonCodes.Path, $"The path could not be validated ({all}).");
    }

    private const X509ChainStatusFlags NameConstraintFlags =
        X509ChainStatusFlags.InvalidNameConstraints | X509ChainStatusFlags.HasNotPermittedNameConstraint
        | X509ChainStatusFlags.HasExcludedNameConstraint | X509ChainStatusFlags.HasNotDefinedNameConstraint
        | X509ChainStatusFlags.HasNotSupportedNameConstraint;
}
