namespace Broker.Kubernetes.Witness;

/// <summary>What a cluster's CSRs are measured against.</summary>
public sealed record WitnessSettings
{
    /// <summary>The signer of kubelets' client certificates.</summary>
    public const string KubeletSigner = "kubernetes.io/kube-apiserver-client-kubelet";

    /// <summary>The signers whose certificates count: <c>spec.signerName</c>.</summary>
    public IReadOnlySet<string> Signers { get; init; } = new HashSet<string> { KubeletSigner };

    /// <summary>The group that a bootstrap identity must be in.</summary>
    public string BootstrapGroup { get; init; } = "system:bootstrappers";

    /// <summary>Whether a node without an identity on record may begin with whatever certificate it has.</summary>
    public bool Adopts { get; init; }

    /// <summary>Other requesters whose CSRs count, by exact user name.</summary>
    public IReadOnlySet<string> Requesters { get; init; } = new HashSet<string>();
}
