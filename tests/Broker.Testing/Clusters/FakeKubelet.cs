using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Broker.Testing.Pki;

namespace Broker.Testing.Clusters;

/// <summary>A machine that has its certificates by CSRs of a cluster, approved and signed at once.</summary>
public sealed class FakeKubelet(FakeApiServer api, TestAuthority ca, string name)
{
    public string Name => name;

    /// <summary>Asks with a bootstrap token; the certificate ends when it does, or in a month.</summary>
    public X509Certificate2 Bootstrap(DateTimeOffset? until = null) =>
        Ask("system:bootstrap:abcdef", "system:bootstrappers", null, until);

    /// <summary>
    /// Somebody denies the request of that certificate after it was issued, which the API does not allow.
    /// </summary>
    public void Contradict(X509Certificate2 certificate)
    {
        var issued = Base64(PemEncoding.WriteString("CERTIFICATE", certificate.RawData) + "\n");
        var csr = api.FindCsr(each => (string?)each["status"]?["certificate"] == issued);
        csr["status"]!["conditions"]!.AsArray().Add(new JsonObject
        {
            ["type"] = "Denied",
            ["status"] = "True",
            ["reason"] = "Tampered",
        });
        api.PutCsr(csr);
    }

    /// <summary>Asks as the node itself, with the certificate that it has.</summary>
    public X509Certificate2 Rotate(X509Certificate2 with) => Ask(
        "system:node:" + name,
        "system:nodes",
        "X509SHA256=" + Convert.ToHexStringLower(SHA256.HashData(with.RawData)));

    /// <summary>A certificate of the cluster's CA that nobody asked for; dated back as signers do, or not.</summary>
    public X509Certificate2 Forge(bool isDatedBack = true)
    {
        var (_, certificate) = Make(isDatedBack ? null : TimeProvider.System.GetUtcNow());
        return certificate;
    }

    /// <summary>Asks with a bootstrap token, and the cluster decides as that condition says.</summary>
    public X509Certificate2 Ask(string condition, bool isIssued)
    {
        var (key, certificate) = Make();
        api.PutCsr(Csr(
            key, isIssued ? certificate : null, condition, "system:bootstrap:abcdef", "system:bootstrappers"));
        return certificate;
    }

    private X509Certificate2 Ask(string user, string group, string? credential, DateTimeOffset? until = null)
    {
        var (key, certificate) = Make(until: until);
        var csr = Csr(key, certificate, "Approved", user, group);
        if (credential is not null)
        {
            csr["spec"]!["extra"] = new JsonObject
            {
                ["authentication.kubernetes.io/credential-id"] = new JsonArray(credential),
            };
        }

        api.PutCsr(csr);
        return certificate;
    }

    private JsonObject Csr(TestKey key, X509Certificate2? certificate, string condition, string user, string group)
    {
        var now = FakeApiServer.Now();
        return new JsonObject
        {
            ["kind"] = "CertificateSigningRequest",
            ["apiVersion"] = "certificates.k8s.io/v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = "csr-" + Guid.NewGuid().ToString("n")[..8],
                ["uid"] = Guid.NewGuid().ToString(),
                ["creationTimestamp"] = now,
            },
            ["spec"] = new JsonObject
            {
                ["request"] = Base64(RawRequest.Pem(RawRequest.Of(RawName.Node(name), key))),
                ["signerName"] = "kubernetes.io/kube-apiserver-client-kubelet",
                ["usages"] = new JsonArray("digital signature", "client auth"),
                ["username"] = user,
                ["groups"] = new JsonArray(group, "system:authenticated"),
            },
            ["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(new JsonObject
                {
                    ["type"] = condition,
                    ["status"] = "True",
                    ["reason"] = condition == "Approved" ? "AutoApproved" : "Decided",
                    ["lastUpdateTime"] = now,
                }),
                ["certificate"] = certificate is null
                    ? null
                    : Base64(PemEncoding.WriteString("CERTIFICATE", certificate.RawData) + "\n"),
            },
        };
    }

    private (TestKey Key, X509Certificate2 Certificate) Make(
        DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var key = TestKey.Ec();
        using var bare = X509CertificateLoader.LoadCertificate(ca.Leaf(draft =>
        {
            (draft.Subject, draft.Spki) = (RawName.Node(name), key.Spki);
            draft.NotBefore = from ?? draft.NotBefore;
            draft.NotAfter = until ?? draft.NotAfter;
        }));
        return (key, bare.CopyWithPrivateKey((ECDsa)key.Algorithm));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));
}
