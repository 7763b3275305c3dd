using Broker.Testing.Kubernetes;
using Broker.Testing.Processes;
using k8s;
using k8s.Models;

namespace Broker.SystemTests.Cluster.Brokers;

/// <summary>The service account that a broker has in a cluster, with no more rights than it needs.</summary>
internal static class BrokerAccount
{
    private const string Namespace = "broker-system";
    private const string Name = "broker";
    private const string Reader = "broker-witness";
    private static readonly string[] reading = ["get", "list", "watch"];
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(1);

    /// <summary>Makes it and binds it; somebody with a token of it.</summary>
    public static async Task<KubeUser> CreateAsync(k8s.Kubernetes admin)
    {
        _ = await admin.CoreV1.CreateNamespaceAsync(
            new V1Namespace { Metadata = new V1ObjectMeta { Name = Namespace } });
        _ = await admin.CoreV1.CreateNamespacedServiceAccountAsync(
            new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = Name } }, Namespace);
        _ = await admin.RbacAuthorizationV1.CreateClusterRoleAsync(new V1ClusterRole
        {
            Metadata = new V1ObjectMeta { Name = Reader },
            Rules =
            [
                new()
                {
                    ApiGroups = ["certificates.k8s.io"],
                    Resources = ["certificatesigningrequests"],
                    Verbs = reading,
                },
                new() { ApiGroups = [""], Resources = ["nodes"], Verbs = [.. reading, "patch"] },
            ],
        });
        _ = await admin.RbacAuthorizationV1.CreateClusterRoleBindingAsync(new V1ClusterRoleBinding
        {
            Metadata = new V1ObjectMeta { Name = Reader },
            RoleRef = new V1RoleRef
            {
                ApiGroup = V1ClusterRole.KubeGroup,
                Kind = V1ClusterRole.KubeKind,
                Name = Reader,
            },
            Subjects = [new() { Kind = "ServiceAccount", Name = Name, NamespaceProperty = Namespace }],
        });
        return KubeUser.WithToken($"system:serviceaccount:{Namespace}:{Name}", await TokenAsync(admin));
    }

    /// <summary>The controller manager puts one into a Secret, some moments after the account is there.</summary>
    private static async Task<string> TokenAsync(k8s.Kubernetes admin)
    {
        byte[]? token = null;
        await Eventually.HoldsAsync(
            "the broker's service account has a token",
            async () =>
            {
                var secrets = await admin.CoreV1.ListNamespacedSecretAsync(Namespace);
                token = secrets.Items.FirstOrDefault(
                    secret => secret.Metadata.Name.StartsWith($"{Name}-token-", StringComparison.Ordinal))
                    ?.Data?["token"];
                return token is not null;
            },
            deadline);
        return System.Text.Encoding.UTF8.GetString(token!);
    }
}
