using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Broker.Testing.Pki;
using Broker.Testing.Processes;
using k8s;
using k8s.Models;

namespace Broker.SystemTests.Cluster;

/// <summary>
/// One object of each kind that the witness must read, made on the real server and taken as that server writes it.
/// </summary>
internal sealed class RecordedObjects(TestCluster cluster)
{
    private const string Requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private const string KubeletSigner = "kubernetes.io/kube-apiserver-client-kubelet";
    private static readonly string[] usages = ["digital signature", "key encipherment", "client auth"];
    private static readonly string[] usagesOfNewKubelets = ["digital signature", "client auth"];
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(4);

    private k8s.Kubernetes Admin => cluster.Admin;

    /// <summary>By file name; addresses and ids of this machine are replaced.</summary>
    public async Task<IReadOnlyDictionary<string, JsonNode>> TakeAsync()
    {
        using var bootstrap = cluster.ControlPlane.Connect(await cluster.ControlPlane.IssueBootstrapTokenAsync());
        var objects = new Dictionary<string, JsonNode>
        {
            ["csr-bootstrap"] = await OfKubeletAsync("system:bootstrap:"),
            ["csr-renewal"] = await OfKubeletAsync("system:node:"),
            // The approver of this version passes over it, and nobody else looks.
            ["csr-pending"] = await AskAsync(bootstrap, "pending", KubeletSigner, usagesOfNewKubelets, _ => true),
            ["csr-denied"] = await DenyAsync(bootstrap),
            ["csr-failed"] = await FailAsync(bootstrap),
            ["csr-other-signer"] = await AskAsync(
                bootstrap, "other-signer", "example.org/other", usagesOfNewKubelets, _ => true),
            ["csr-credential-id"] = await ImpersonateAsync(),
            ["node"] = await NodeAsync(),
        };
        var pod = await TestPods.RunAsync(cluster, "recorded");
        objects["pod"] = await GetAsync($"/api/v1/namespaces/{TestPods.Namespace}/pods/{pod.Metadata.Name}");
        await TestPods.DeleteAsync(cluster, pod.Metadata.Name);
        objects["authority"] = new JsonObject { ["certificate"] = cluster.ControlPlane.Authority.Pem };
        return objects.ToDictionary(item => item.Key, item => Neutral.Of(item.Value, item.Key));
    }

    private async Task<JsonNode> OfKubeletAsync(string requester)
    {
        JsonNode? found = null;
        await Eventually.HoldsAsync(
            $"a request of {requester} was answered",
            async () =>
            {
                found = (await GetAsync(Requests))["items"]!.AsArray().FirstOrDefault(item =>
                    item!["spec"]!["username"]!.GetValue<string>().StartsWith(requester, StringComparison.Ordinal)
                    && item["status"]?["certificate"] is not null);
                return found is not null;
            },
            deadline);
        // In a list the server leaves out what every item would repeat.
        return await GetAsync($"{Requests}/{found!["metadata"]!["name"]}");
    }

    private async Task<JsonNode> NodeAsync()
    {
        JsonNode? node = null;
        await Eventually.HoldsAsync(
            "the node has lost the taints of its start",
            async () =>
            {
                node = await GetAsync($"/api/v1/nodes/{TestCluster.NodeName}");
                return node["spec"]!["taints"] is null;
            },
            deadline);
        return node!;
    }

    private async Task<JsonNode> DenyAsync(k8s.Kubernetes requester)
    {
        const string Name = "denied";
        _ = await AskAsync(requester, Name, KubeletSigner, usagesOfNewKubelets, _ => true);
        await DecideAsync(Name, "Denied", "OperatorDenied", "not one of ours");
        return await GetAsync($"{Requests}/{Name}");
    }

    /// <summary>Approved, but the signer refuses what is asked for.</summary>
    private async Task<JsonNode> FailAsync(k8s.Kubernetes requester)
    {
        const string Name = "failed";
        _ = await AskAsync(requester, Name, KubeletSigner, ["server auth"], _ => true);
        await DecideAsync(Name, "Approved", "OperatorApproved", "by mistake");
        return await WaitAsync(
            Name, item => item["status"]!["conditions"]!.AsArray().Any(x => (string?)x!["type"] == "Failed"));
    }

    /// <summary>
    /// This version tells nobody which credential was used; newer ones do, in this place and form. A requester that is
    /// impersonated with that extra makes the server store it.
    /// </summary>
    private async Task<JsonNode> ImpersonateAsync()
    {
        using var node = cluster.ControlPlane.Connect(cluster.ControlPlane.Admin);
        HttpRequestHeaders headers = node.HttpClient.DefaultRequestHeaders;
        headers.Add("Impersonate-User", $"system:node:{TestCluster.NodeName}");
        headers.Add("Impersonate-Group", "system:nodes");
        headers.Add(
            "Impersonate-Extra-authentication.kubernetes.io%2Fcredential-id", $"X509SHA256={new string('0', 64)}");
        return await AskAsync(
            node, "credential-id", KubeletSigner, usages, item => item["status"]?["certificate"] is not null);
    }

    private async Task<JsonNode> AskAsync(
        k8s.Kubernetes requester, string name, string signer, IList<string> wanted, Predicate<JsonNode> until)
    {
        var request = RawRequest.Pem(RawRequest.Of(RawName.Node(TestCluster.NodeName), TestKey.Ec()));
        var csr = new V1CertificateSigningRequest
        {
            Metadata = new V1ObjectMeta { Name = name },
            Spec = new V1CertificateSigningRequestSpec
            {
                Request = Encoding.ASCII.GetBytes(request),
                SignerName = signer,
                Usages = wanted,
            },
        };
        // The authenticator hears of a new token by its own watch.
        await Eventually.HoldsAsync($"{name} is accepted", () => TryCreateAsync(requester, csr), deadline);
        return await WaitAsync(name, until);
    }

    private static async Task<bool> TryCreateAsync(k8s.Kubernetes requester, V1CertificateSigningRequest csr)
    {
        try
        {
            _ = await requester.CertificatesV1.CreateCertificateSigningRequestAsync(csr);
            return true;
        }
        catch (k8s.Autorest.HttpOperationException error)
            when (error.Response.StatusCode == System.Net.HttpStatusCode.Unauthorized)
        {
            return false;
        }
    }

    private async Task DecideAsync(string name, string type, string reason, string message)
    {
        var csr = await Admin.CertificatesV1.ReadCertificateSigningRequestAsync(name);
        csr.Status = new V1CertificateSigningRequestStatus
        {
            Conditions = [new() { Type = type, Status = "True", Reason = reason, Message = message }],
        };
        _ = await Admin.CertificatesV1.ReplaceCertificateSigningRequestApprovalAsync(csr, name);
    }

    private async Task<JsonNode> WaitAsync(string name, Predicate<JsonNode> until)
    {
        JsonNode? item = null;
        await Eventually.HoldsAsync(
            $"the request {name} is as it should be",
            async () => until(item = await GetAsync($"{Requests}/{name}")),
            deadline);
        return item!;
    }

    private async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await Admin.HttpClient.GetStringAsync(new Uri(Admin.BaseUri, path)))!;
}
