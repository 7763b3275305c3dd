using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Broker.Testing.Kubernetes;
using Broker.Testing.Pki;
using Broker.Testing.Processes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Broker.SystemTests.Cluster.Brokers;

/// <summary>One who asks the real API server for a certificate of a node, with a key of the test.</summary>
internal sealed class Asking(ControlPlane cluster, string node)
{
    public const string KubeletSigner = "kubernetes.io/kube-apiserver-client-kubelet";

    /// <summary>The approver of 1.20 takes exactly these.</summary>
    public static readonly string[] Usages = ["digital signature", "key encipherment", "client auth"];

    /// <summary>
    /// What newer kubelets ask for; the approver of 1.20 passes over it, so that a person may decide.
    /// </summary>
    public static readonly string[] UsagesOfNewKubelets = ["digital signature", "client auth"];

    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(1);

    private readonly TestKey key = TestKey.Ec();

    /// <summary>The name of its request.</summary>
    public string Name { get; } = $"asked-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>Asks with a bootstrap token, and waits for the certificate.</summary>
    public static async Task<X509Certificate2> WithTokenAsync(ControlPlane cluster, string node)
    {
        var asking = new Asking(cluster, node);
        await asking.FileAsync(await cluster.IssueBootstrapTokenAsync(), KubeletSigner, Usages);
        return await asking.CertificateAsync();
    }

    /// <summary>Files the request.</summary>
    public async Task FileAsync(KubeUser requester, string signer, IList<string> usages)
    {
        using var client = cluster.Connect(requester);
        var csr = new V1CertificateSigningRequest
        {
            Metadata = new V1ObjectMeta { Name = Name },
            Spec = new V1CertificateSigningRequestSpec
            {
                Request = Encoding.ASCII.GetBytes(RawRequest.Pem(RawRequest.Of(RawName.Node(node), key))),
                SignerName = signer,
                Usages = usages,
            },
        };
        // The authenticator hears of a new token by its own watch.
        await Eventually.HoldsAsync($"{Name} is accepted", () => TryCreateAsync(client, csr), deadline);
    }

    /// <summary>Decides it as an administrator: Approved or Denied.</summary>
    public async Task DecideAsync(string type)
    {
        using var admin = cluster.Connect(cluster.Admin);
        var csr = await admin.CertificatesV1.ReadCertificateSigningRequestAsync(Name);
        csr.Status = new V1CertificateSigningRequestStatus
        {
            Conditions = [new() { Type = type, Status = "True", Reason = "Test", Message = "decided by a test" }],
        };
        _ = await admin.CertificatesV1.ReplaceCertificateSigningRequestApprovalAsync(csr, Name);
    }

    /// <summary>Deletes it; what was issued lives on.</summary>
    public async Task DeleteAsync()
    {
        using var admin = cluster.Connect(cluster.Admin);
        _ = await admin.CertificatesV1.DeleteCertificateSigningRequestAsync(Name);
    }

    /// <summary>Waits until it is signed; certificate and key.</summary>
    public async Task<X509Certificate2> CertificateAsync()
    {
        using var admin = cluster.Connect(cluster.Admin);
        byte[]? pem = null;
        await Eventually.HoldsAsync(
            $"{Name} is signed",
            async () =>
            {
                pem = (await admin.CertificatesV1.ReadCertificateSigningRequestAsync(Name)).Status?.Certificate;
                return pem is not null;
            },
            deadline);
        using var bare = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(pem!));
        return bare.CopyWithPrivateKey((ECDsa)key.Algorithm);
    }

    /// <summary>
    /// A certificate for its key that a thief of the CA's key signs, past the API server, or another CA of that name.
    /// </summary>
    public X509Certificate2 Forge(TestAuthority ca)
    {
        using var bare = X509CertificateLoader.LoadCertificate(ca.Leaf(draft =>
        {
            (draft.Subject, draft.Spki) = (RawName.Node(node), key.Spki);

            // Not dated back as signers do: the broker has watched since.
            draft.NotBefore = TimeProvider.System.GetUtcNow();
        }));
        return bare.CopyWithPrivateKey((ECDsa)key.Algorithm);
    }

    private static async Task<bool> TryCreateAsync(k8s.Kubernetes client, V1CertificateSigningRequest csr)
    {
        try
        {
            _ = await client.CertificatesV1.CreateCertificateSigningRequestAsync(csr);
            return true;
        }
        catch (HttpOperationException error) when (error.Response.StatusCode == System.Net.HttpStatusCode.Unauthorized)
        {
            return false;
        }
    }
}
