using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Reasons;

namespace Broker.Kubernetes.Witness;

/// <summary>
/// The usages of a request and of its certificate. The kubelet signer takes two sets: with key encipherment (RSA keys,
/// and every kubelet before 1.27) and without. Source: Kubernetes, pkg/apis/certificates/helpers.go.
/// </summary>
internal static class UsageRules
{
    private const string Signature = "digital signature";
    private const string Encipherment = "key encipherment";
    private const string Client = "client auth";

    public static IdentityRefusal? CheckRequested(IReadOnlyList<string> usages)
    {
        var asked = new HashSet<string>(usages, StringComparer.Ordinal);
        return asked.Count == usages.Count
            && (asked.SetEquals([Signature, Client]) || asked.SetEquals([Signature, Encipherment, Client]))
                ? null
                : new IdentityRefusal(
                    ReasonCodes.CsrUsages, $"The request asks for the usages {string.Join(", ", usages)}.");
    }

    public static IdentityRefusal? CheckIssued(X509Certificate2 certificate, IReadOnlyList<string> usages)
    {
        var given = certificate.Extensions.OfType<X509KeyUsageExtension>()
            .Aggregate(X509KeyUsageFlags.None, (all, usage) => all | usage.KeyUsages);
        var asked = X509KeyUsageFlags.DigitalSignature
            | (usages.Contains(Encipherment) ? X509KeyUsageFlags.KeyEncipherment : X509KeyUsageFlags.None);
        return given == asked
            ? null
            : new IdentityRefusal(
                ReasonCodes.UsageSubstituted, $"The certificate's key usage is {given}, asked for was {asked}.");
    }
}
