using Broker.Testing.Kubernetes;
using Broker.Testing.Processes;
using k8s;

namespace Broker.SystemTests.Cluster.Brokers;

/// <summary>The service account that a broker has in a cluster, with the rights that <c>deploy/</c> gives it.</summary>
internal static class BrokerAccount
{
    private const string Name = "broker";
    private static readonly string deploy = Path.Combine(RepositoryFolder.Path, "deploy");
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(1);

    /// <summary>Makes it and binds it; somebody with a token of it.</summary>
    public static async Task<KubeUser> CreateAsync(ControlPlane cluster)
    {
        using var admin = cluster.Connect(cluster.Admin);
        var kubectl = new Kubectl(cluster.AdminKubeconfig);
        foreach (var part in new[] { "base", "rbac" })
        {
            _ = await kubectl.RunAsync("apply", "-k", Path.Combine(deploy, part)); // What it said was made is made.
        }

        return KubeUser.WithToken(DeployedBroker.ServiceAccount, await TokenAsync(admin));
    }

    /// <summary>The controller manager puts one into a Secret, some moments after the account is there.</summary>
    private static async Task<string> TokenAsync(k8s.Kubernetes admin)
    {
        byte[]? token = null;
        await Eventually.HoldsAsync(
            "the broker's service account has a token",
            async () =>
            {
                var secrets = await admin.CoreV1.ListNamespacedSecretAsync(DeployedBroker.Namespace);
                token = secrets.Items.FirstOrDefault(
                    secret => secret.Metadata.Name.StartsWith($"{Name}-token-", StringComparison.Ordinal))
                    ?.Data?["token"];
                return token is not null;
            },
            deadline);
        return System.Text.Encoding.UTF8.GetString(token!);
    }
}
