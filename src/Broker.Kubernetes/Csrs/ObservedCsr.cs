namespace Broker.Kubernetes.Csrs;

/// <summary>
/// A CertificateSigningRequest as the API server shows it, in plain types. Source: certificates.k8s.io/v1.
/// </summary>
public sealed record ObservedCsr
{
    public required string Name { get; init; }

    /// <summary>The only safe identity of the object: names come back.</summary>
    public required string Uid { get; init; }

    /// <summary>When the API server created it.</summary>
    public required DateTimeOffset Created { get; init; }

    public required string Signer { get; init; }

    /// <summary>The bytes of <c>spec.request</c>: PEM.</summary>
    public required ReadOnlyMemory<byte> Request { get; init; }

    public required IReadOnlyList<string> Usages { get; init; }

    public int? ExpirationSeconds { get; init; }

    public required ObservedRequester Requester { get; init; }

    public IReadOnlyList<ObservedCondition> Conditions { get; init; } = [];

    /// <summary>The bytes of <c>status.certificate</c>: PEM; empty until it is signed.</summary>
    public ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>The first condition of a type that is true.</summary>
    public ObservedCondition? Find(string type)
    {
        foreach (var condition in Conditions)
        {
            if (condition.Type == type && condition.Status == "True")
            {
                return condition;
            }
        }

        return null;
    }
}
