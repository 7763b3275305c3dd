using System.Globalization;
using System.Security.Cryptography;
using k8s;
using k8s.Models;

namespace Broker.Testing.Kubernetes;

/// <summary>What kubeadm sets up so that nodes can join: bindings that let them ask and be approved, and tokens.</summary>
internal static class NodeBootstrap
{
    /// <summary>Everybody with a bootstrap token.</summary>
    private const string Bootstrappers = "system:bootstrappers";

    /// <summary>The group that kubeadm gives its tokens on top.</summary>
    private const string KubeadmGroup = "system:bootstrappers:kubeadm:default-node-token";

    private const string Approvals = "system:certificates.k8s.io:certificatesigningrequests:";

    private const string TokenCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";

    public static async Task BindAsync(k8s.Kubernetes admin)
    {
        (string Name, string Role, string Group)[] bindings =
        [
            ("kubeadm:kubelet-bootstrap", "system:node-bootstrapper", Bootstrappers),
            ("kubeadm:node-autoapprove-bootstrap", Approvals + "nodeclient", Bootstrappers),
            ("kubeadm:node-autoapprove-certificate-rotation", Approvals + "selfnodeclient", "system:nodes"),
        ];
        foreach (var (name, role, group) in bindings)
        {
            _ = await admin.RbacAuthorizationV1.CreateClusterRoleBindingAsync(new V1ClusterRoleBinding
            {
                Metadata = new V1ObjectMeta { Name = name },
                RoleRef = new V1RoleRef { ApiGroup = V1ClusterRole.KubeGroup, Kind = V1ClusterRole.KubeKind, Name = role },
                Subjects = [new() { ApiGroup = V1ClusterRole.KubeGroup, Kind = "Group", Name = group }],
            });
        }
    }

    public static async Task<KubeUser> IssueTokenAsync(k8s.Kubernetes admin)
    {
        var (id, secret) = (
            RandomNumberGenerator.GetString(TokenCharacters, 6), RandomNumberGenerator.GetString(TokenCharacters, 16));
        var expires = TimeProvider.System.GetUtcNow().AddHours(24);
        _ = await admin.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret
            {
                Metadata = new V1ObjectMeta { Name = $"bootstrap-token-{id}" },
                Type = "bootstrap.kubernetes.io/token",
                StringData = new Dictionary<string, string>
                {
                    ["token-id"] = id,
                    ["token-secret"] = secret,
                    ["usage-bootstrap-authentication"] = "true",
                    ["auth-extra-groups"] = KubeadmGroup,
                    ["expiration"] = expires.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                },
            },
            "kube-system");
        return KubeUser.WithToken($"system:bootstrap:{id}", $"{id}.{secret}");
    }
}
