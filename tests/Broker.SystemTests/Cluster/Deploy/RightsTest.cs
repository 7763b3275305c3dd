using Broker.Testing.Kubernetes;
using k8s;
using k8s.Models;
using Xunit;

namespace Broker.SystemTests.Cluster.Deploy;

/// <summary>
/// What the broker's service account may do: all that is listed here, and nothing else that there is.
/// </summary>
[Collection(ClusterSuite.Name)]
public sealed class RightsTest(DeployFixture fixture)
{
    private const string Group = "certificates.k8s.io";

    private static readonly string[] verbs =
    [
        "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "approve", "sign", "attest",
        "impersonate", "bind", "escalate", "use",
    ];

    private static readonly HashSet<string> granted =
    [
        .. Of(Group, "certificatesigningrequests", "get", "list", "watch"),
        .. Of("", "nodes", "get", "list", "watch", "patch"),
        .. Of("", "pods", "get", "list", "watch"),
        .. Of("", "namespaces", "get", "list", "watch"),
        .. Of("", "events", "create", "patch"),
    ];

    /// <summary>What the cluster lets everybody who is authenticated do.</summary>
    private static readonly HashSet<string> everybody =
    [
        .. Of("authorization.k8s.io", "selfsubjectaccessreviews", "create"),
        .. Of("authorization.k8s.io", "selfsubjectrulesreviews", "create"),
    ];

    [Fact]
    public async Task It_has_every_right_that_is_listed_and_no_other_on_anything_that_the_API_server_has()
    {
        var (cluster, _) = await fixture.GetAsync();
        var resources = await ResourcesAsync(cluster.Admin);
        Assert.Contains((Group, "certificatesigningrequests/approval"), resources);
        Assert.Contains(("", "secrets"), resources);
        var held = new HashSet<string>();

        foreach (var (group, resource) in resources)
        {
            foreach (var verb in verbs)
            {
                if (await MayAsync(cluster.Admin, verb, group, resource, "default"))
                {
                    _ = held.Add(Word(verb, group, resource));
                }
            }
        }

        Assert.Empty(held.Except(granted).Except(everybody));
        Assert.Empty(granted.Except(held));
    }

    [Theory]
    [InlineData("get", "configmaps", "extension-apiserver-authentication", true)]
    [InlineData("get", "configmaps", "kubeadm-config", false)]
    [InlineData("update", "configmaps", "extension-apiserver-authentication", false)]
    [InlineData("get", "secrets", null, false)]
    public async Task In_kube_system_it_reads_the_published_CA_alone(
        string verb, string resource, string? name, bool may)
    {
        var (cluster, _) = await fixture.GetAsync();

        Assert.Equal(may, await MayAsync(cluster.Admin, verb, "", resource, "kube-system", name));
    }

    [Fact]
    public async Task It_may_not_approve_for_any_signer_nor_become_anybody()
    {
        var (cluster, _) = await fixture.GetAsync();

        foreach (var verb in new[] { "approve", "sign" })
        {
            Assert.False(await MayAsync(
                cluster.Admin, verb, Group, "signers", null, "kubernetes.io/kube-apiserver-client-kubelet"));
        }

        foreach (var somebody in new[] { "users", "groups", "serviceaccounts" })
        {
            Assert.False(await MayAsync(cluster.Admin, "impersonate", "", somebody, "default"));
        }
    }

    private static IEnumerable<string> Of(string group, string resource, params string[] allowed) =>
        allowed.Select(verb => Word(verb, group, resource));

    private static string Word(string verb, string group, string resource) => $"{verb} {resource}.{group}";

    private static async Task<bool> MayAsync(
        k8s.Kubernetes admin, string verb, string group, string resource, string? inNamespace, string? name = null)
    {
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        var review = await admin.AuthorizationV1.CreateSubjectAccessReviewAsync(new V1SubjectAccessReview
        {
            Spec = new V1SubjectAccessReviewSpec
            {
                User = DeployedBroker.ServiceAccount,
                Groups =
                [
                    "system:serviceaccounts", $"system:serviceaccounts:{DeployedBroker.Namespace}",
                    "system:authenticated",
                ],
                ResourceAttributes = new V1ResourceAttributes
                {
                    Verb = verb,
                    Group = group,
                    Resource = slash < 0 ? resource : resource[..slash],
                    Subresource = slash < 0 ? null : resource[(slash + 1)..],
                    NamespaceProperty = inNamespace,
                    Name = name,
                },
            },
        });
        return review.Status.Allowed;
    }

    private static async Task<IReadOnlySet<(string Group, string Resource)>> ResourcesAsync(k8s.Kubernetes admin)
    {
        var found = new HashSet<(string, string)>();
        foreach (var resource in (await admin.CoreV1.GetAPIResourcesAsync()).Resources)
        {
            _ = found.Add(("", resource.Name));
        }

        foreach (var group in (await admin.Apis.GetAPIVersionsAsync()).Groups)
        {
            var version = group.PreferredVersion.Version;
            foreach (var resource in
                (await admin.CustomObjects.GetAPIResourcesAsync(group.Name, version)).Resources)
            {
                _ = found.Add((group.Name, resource.Name));
            }
        }

        return found;
    }
}
