using Broker.Kubernetes.Csrs;
using Broker.Kubernetes.Witness;
using Broker.Testing.Pki;
using k8s;
using k8s.Models;
using Xunit;

namespace Broker.Tests.Kubernetes;

/// <summary>CSRs in the shape of each Kubernetes version, with keys and certificates of this test run.</summary>
public sealed class FixtureTest
{
    private static readonly string Credential = new('b', 64);

    [Fact]
    public void A_first_request_of_1_20_is_issued_without_custody()
    {
        var verdict = Judge("csr-1.20.json", rsaUsages: true);

        Assert.Equal((CsrOutcome.Issued, RequesterKind.Bootstrap), (verdict.Outcome, verdict.Requester));
        Assert.False(verdict.Custody.IsNamed);
    }

    [Fact]
    public void A_renewal_of_1_31_names_the_certificate_that_asked()
    {
        var verdict = Judge("csr-1.31.json", rsaUsages: false);

        Assert.Equal((CsrOutcome.Issued, RequesterKind.Node), (verdict.Outcome, verdict.Requester));
        Assert.Equal(Credential, verdict.Custody.Certificate?.Value);
        Assert.Null(verdict.Hold);
    }

    private static CsrVerdict Judge(string file, bool rsaUsages)
    {
        var key = TestKey.Ec();
        var certificate = ClusterPki.Signed(
            "n1",
            key,
            draft => draft.With(
                RawExtension.KeyUsage, rsaUsages ? RawExtension.Usage(true, 0, 2) : RawExtension.Usage(true, 0)));
        var request = ClusterPki.Pem(RawRequest.Of(RawName.Node("n1"), key));
        var json = Fixtures.Read(file)
            .Replace("NAME", "csr-x7k2p", StringComparison.Ordinal)
            .Replace("UID", "2f4c1f2e-7f4b-4f3c-9f6b-0d2f5a1f9f01", StringComparison.Ordinal)
            .Replace("CREATED", "2026-06-01T11:58:00Z", StringComparison.Ordinal)
            .Replace("\"REQUEST\"", Quoted(request), StringComparison.Ordinal)
            .Replace("\"CERTIFICATE\"", Quoted(certificate), StringComparison.Ordinal)
            .Replace("CREDENTIAL", Credential, StringComparison.Ordinal);
        var csr = CsrMapping.Of(KubernetesJson.Deserialize<V1CertificateSigningRequest>(json));
        Assert.Equal(("csr-x7k2p", ClusterPki.Now.AddMinutes(-2)), (csr.Name, csr.Created));
        return ClusterPki.Witness().Judge(csr, ClusterPki.Now);
    }

    private static string Quoted(byte[] bytes) =>
        $"\"{Convert.ToBase64String(bytes)}\"";
}
