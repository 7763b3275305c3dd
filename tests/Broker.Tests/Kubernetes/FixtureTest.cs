using Broker.Identity.Reasons;
using Broker.Kubernetes.Csrs;
using Broker.Kubernetes.Nodes;
using Broker.Kubernetes.Witness;
using Broker.Testing.Pki;
using k8s;
using k8s.Models;
using Xunit;

namespace Broker.Tests.Kubernetes;

/// <summary>
/// Objects in the shape of Kubernetes versions that no server here writes, with keys and certificates of this test run.
/// </summary>
public sealed class FixtureTest
{
    private const string OwnSigner = "broker.example/node";
    private const string Pod = "system:serviceaccount:broker:broker-agent";
    private static readonly string Credential = new('b', 64);

    private static readonly WitnessSettings Settings = new()
    {
        Signers = new HashSet<string> { WitnessSettings.KubeletSigner, OwnSigner },
        Requesters = new HashSet<string> { Pod },
    };

    [Fact]
    public void A_first_request_of_1_27_asks_for_no_key_encipherment()
    {
        var verdict = Judge("1.27/csr-bootstrap.json");

        Assert.Equal((CsrOutcome.Issued, RequesterKind.Bootstrap), (verdict.Outcome, verdict.Requester));
        Assert.False(verdict.Custody.IsNamed);
    }

    [Fact]
    public void A_renewal_of_1_32_names_the_certificate_that_asked()
    {
        var verdict = Judge("1.32/csr-renewal.json");

        Assert.Equal((CsrOutcome.Issued, RequesterKind.Node), (verdict.Outcome, verdict.Requester));
        Assert.Equal(Credential, verdict.Custody.Certificate?.Value);
        Assert.Null(verdict.Hold);
    }

    [Fact]
    public void A_pod_of_1_32_speaks_for_the_node_that_its_token_is_bound_to()
    {
        var verdict = Judge("1.32/csr-pod-bound.json");

        Assert.Equal((CsrOutcome.Issued, RequesterKind.Bound), (verdict.Outcome, verdict.Requester));
        Assert.Equal(new BoundNode("n1", "NODE-ID"), verdict.Bound);
        Assert.Null(verdict.Custody.Certificate);
        Assert.Null(verdict.Hold);
    }

    [Fact]
    public void A_pod_of_1_32_that_asks_for_another_node_is_refused()
    {
        var verdict = Judge("1.32/csr-pod-bound.json", json => json.Replace(
            "node-name\": [\"n1\"]", "node-name\": [\"n2\"]", StringComparison.Ordinal));

        Assert.Equal(
            (CsrOutcome.Contradicted, ReasonCodes.RequesterMismatch), (verdict.Outcome, verdict.Refusal?.Code));
    }

    [Fact]
    public void A_pod_of_1_32_whom_nobody_listed_is_refused()
    {
        var verdict = Judge("1.32/csr-pod-bound.json", json => json.Replace(
            "broker:broker-agent\"", "broker:other\"", StringComparison.Ordinal));

        Assert.Equal(
            (CsrOutcome.Contradicted, ReasonCodes.RequesterNotAllowed), (verdict.Outcome, verdict.Refusal?.Code));
    }

    [Fact]
    public void A_Node_of_1_28_with_the_out_of_service_taint_is_the_Node_that_it_was()
    {
        var node = NodeMapping.Of(KubernetesJson.Deserialize<V1Node>(Filled("1.28/node.json", [], [])));

        Assert.Equal(("n1", "2f4c1f2e-7f4b-4f3c-9f6b-0d2f5a1f9f01"), (node.Name, node.Uid));
        Assert.Equal(ClusterPki.Now.AddMinutes(-2), node.Created);
    }

    private static CsrVerdict Judge(string file, Func<string, string>? change = null)
    {
        var key = TestKey.Ec();
        var certificate = ClusterPki.Signed("n1", key);
        var request = ClusterPki.Pem(RawRequest.Of(RawName.Node("n1"), key));
        var json = Filled(file, request, certificate);
        var csr = CsrMapping.Of(
            KubernetesJson.Deserialize<V1CertificateSigningRequest>(change?.Invoke(json) ?? json));
        Assert.Equal(("csr-x7k2p", ClusterPki.Now.AddMinutes(-2)), (csr.Name, csr.Created));
        return ClusterPki.Witness(Settings).Judge(csr, ClusterPki.Now);
    }

    private static string Filled(string file, byte[] request, byte[] certificate) => Fixtures.Read(file)
        .Replace("\"NAME\"", "\"csr-x7k2p\"", StringComparison.Ordinal)
        .Replace("\"UID\"", "\"2f4c1f2e-7f4b-4f3c-9f6b-0d2f5a1f9f01\"", StringComparison.Ordinal)
        .Replace("CREATED", "2026-06-01T11:58:00Z", StringComparison.Ordinal)
        .Replace("\"REQUEST\"", Quoted(request), StringComparison.Ordinal)
        .Replace("\"CERTIFICATE\"", Quoted(certificate), StringComparison.Ordinal)
        .Replace("CREDENTIAL", Credential, StringComparison.Ordinal);

    private static string Quoted(byte[] bytes) => $"\"{Convert.ToBase64String(bytes)}\"";
}
