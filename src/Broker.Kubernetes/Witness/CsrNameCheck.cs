using Broker.Core.Names;
using Broker.Identity.Csr;

namespace Broker.Kubernetes.Witness;

/// <summary>
/// The deterministic name of a kubelet's first CSR: computed from the certificate alone, it finds the CSR while that
/// exists. Either list of usages may have gone in.
/// </summary>
public static class CsrNameCheck
{
    private const string Prefix = "node-csr-";

    /// <summary>The names that the first CSR for this key and node may bear.</summary>
    public static IReadOnlyList<CsrName> Of(ReadOnlySpan<byte> spki, NodeName node)
    {
        string[] organizations = ["system:nodes"];
        var commonName = $"system:node:{node}";
        return
        [
            CsrNames.Digest(spki, commonName, organizations, CsrNames.KubeletUsages(isRsa: false)),
            CsrNames.Digest(spki, commonName, organizations, CsrNames.KubeletUsages(isRsa: true)),
        ];
    }

    /// <summary>Null for a name of another kind.</summary>
    public static bool? Fits(string name, ExaminedCsr request) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
            ? Of(request.Spki.Span, request.NodeName).Any(expected => expected.Value == name)
            : null;
}
