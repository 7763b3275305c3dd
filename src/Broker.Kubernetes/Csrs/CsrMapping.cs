using k8s.Models;

namespace Broker.Kubernetes.Csrs;

/// <summary>The client library's CSR in plain types; what is absent is empty, so that the witness can say so.</summary>
internal static class CsrMapping
{
    public static ObservedCsr Of(V1CertificateSigningRequest csr) => new()
    {
        Name = csr.Metadata?.Name ?? string.Empty,
        Uid = csr.Metadata?.Uid ?? string.Empty,
        Created = csr.Metadata?.CreationTimestamp is { } created
            ? new DateTimeOffset(DateTime.SpecifyKind(created, DateTimeKind.Utc))
            : DateTimeOffset.UnixEpoch,
        Signer = csr.Spec?.SignerName ?? string.Empty,
        Request = csr.Spec?.Request ?? [],
        Usages = [.. csr.Spec?.Usages ?? []],
        ExpirationSeconds = csr.Spec?.ExpirationSeconds,
        Requester = new ObservedRequester(
            csr.Spec?.Username ?? string.Empty,
            [.. csr.Spec?.Groups ?? []],
            (csr.Spec?.Extra ?? new Dictionary<string, IList<string>>())
                .ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)[.. pair.Value])),
        Conditions =
        [
            .. (csr.Status?.Conditions ?? []).Select(
                condition => new ObservedCondition(condition.Type, condition.Status ?? "True", condition.Reason)),
        ],
        Certificate = csr.Status?.Certificate ?? [],
    };
}
