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

    /// <summary>Asks with a bootstrap token.</summary>
    public X509Certificate2 Bootstrap() => Ask("system:bootstrap:abcdef", "system:bootstrappers", null);

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

    private X509Certificate2 Ask(string user, string group, string? credential)
    {
        var (key, certificate) = Make();
        var now = FakeApiServer.Now();
        var spec = new JsonObject
        {
            ["request"] = Base64(RawRequest.Pem(RawRequest.Of(RawName.Node(name), key))),
            ["signerName"] = "kubernetes.io/kube-apiserver-client-kubelet",
            ["usages"] = new JsonArray("digital signature", "client auth"),
            ["username"] = user,
            ["groups"] = new JsonArray(group, "system:authenticated"),
        };
        if (credential is not null)
        {
            spec["extra"] = new JsonObject
            {
                ["authentication.kubernetes.io/credential-id"] = new JsonArray(credential),
            };
        }

        api.PutCsr(new JsonObject
        {
            ["kind"] = "CertificateSigningRequest",
            ["apiVersion"] = "certificates.k8s.io/v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = "csr-" + Guid.NewGuid().ToString("n")[..8],
                ["uid"] = Guid.NewGuid().ToString(),
                ["creationTimestamp"] = now,
            },
            ["spec"] = spec,
            ["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(new JsonObject
                {
                    ["type"] = "Approved",
                    ["status"] = "True",
                    ["reason"] = "AutoApproved",
                    ["lastUpdateTime"] = now,
                }),
                ["certificate"] = Base64(PemEncoding.WriteString("CERTIFICATE", certificate.RawData) + "\n"),
            },
        });
        return certificate;
    }

    private (TestKey Key, X509Certificate2 Certificate) Make(DateTimeOffset? from = null)
    {
        var key = TestKey.Ec();
        using var bare = X509CertificateLoader.LoadCertificate(ca.Leaf(draft =>
        {
            (draft.Subject, draft.Spki) = (RawName.Node(name), key.Spki);
            draft.NotBefore = from ?? draft.NotBefore;
        }));
        return (key, bare.CopyWithPrivateKey((ECDsa)key.Algorithm));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));
}
