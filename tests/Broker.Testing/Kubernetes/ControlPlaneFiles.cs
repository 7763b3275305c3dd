using System.Security.Cryptography;
using Broker.Testing.Processes;

namespace Broker.Testing.Kubernetes;

/// <summary>Certificates and keys of a control plane, made for it alone, in its folder.</summary>
internal sealed class ControlPlaneFiles
{
    private readonly TempFolder folder;

    public ControlPlaneFiles(TempFolder folder, ClusterAuthority authority)
    {
        this.folder = folder;
        File.WriteAllText(Authority, authority.Pem);
        File.WriteAllText(AuthorityKey, authority.Signer.Key.Algorithm.ExportPkcs8PrivateKeyPem() + "\n");
        authority.WriteServing(Serving, ServingKey);
        authority.WriteClient(KubeletClient, KubeletClientKey, "kube-apiserver", "system:masters");
        using var accounts = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(AccountsKey, accounts.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(AccountsPublicKey, accounts.ExportSubjectPublicKeyInfoPem() + "\n");
    }

    public string Authority => folder["ca.crt"];

    public string AuthorityKey => folder["ca.key"];

    public string Serving => folder["serving.crt"];

    public string ServingKey => folder["serving.key"];

    /// <summary>What the API server shows to kubelets, for logs and exec.</summary>
    public string KubeletClient => folder["kubelet-client.crt"];

    public string KubeletClientKey => folder["kubelet-client.key"];

    /// <summary>What signs service account tokens.</summary>
    public string AccountsKey => folder["accounts.key"];

    public string AccountsPublicKey => folder["accounts.pub"];

    public string Kubeconfig => folder["admin.kubeconfig"];

    /// <summary>Where programs put what they make for themselves.</summary>
    public string Own => folder["own"];

    public string EtcdData => folder["etcd"];
}
