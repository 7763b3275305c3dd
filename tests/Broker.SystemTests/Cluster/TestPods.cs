using Broker.Testing.Kubernetes;
using Broker.Testing.Processes;
using k8s;
using k8s.Models;

namespace Broker.SystemTests.Cluster;

/// <summary>Pods of a test cluster: bound to its node, from the one image that is there.</summary>
internal static class TestPods
{
    public const string Namespace = "default";
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(2);

    /// <summary>Creates one that waits, and waits until it runs.</summary>
    public static async Task<V1Pod> RunAsync(TestCluster cluster, string name)
    {
        await CreateAsync(cluster, name);
        return await WaitAsync(cluster, name, pod => pod.Status.Phase == "Running");
    }

    /// <summary>Creates one that runs a command once, and waits until that has succeeded.</summary>
    public static async Task<V1Pod> SucceedAsync(TestCluster cluster, string name, params IList<string> command)
    {
        await CreateAsync(cluster, name, pod =>
        {
            pod.Spec.RestartPolicy = "Never";
            pod.Spec.Containers[0].Command = command;
        });
        return await WaitAsync(cluster, name, pod => pod.Status.Phase == "Succeeded");
    }

    /// <summary>Creates one, and does not wait for it.</summary>
    public static async Task CreateAsync(TestCluster cluster, string name, Action<V1Pod>? adjust = null)
    {
        var pods = cluster.Admin.CoreV1;
        // The controller manager makes it some moments after the namespace; without it no pod is admitted.
        await Eventually.HoldsAsync(
            "the default service account is there",
            async () => (await pods.ListNamespacedServiceAccountAsync(Namespace)).Items.Any(),
            deadline);
        var pod = Waiting(name);
        adjust?.Invoke(pod);
        _ = await pods.CreateNamespacedPodAsync(pod, Namespace);
    }

    /// <summary>Waits until a pod is as it should be; the pod as it then is.</summary>
    public static async Task<V1Pod> WaitAsync(TestCluster cluster, string name, Func<V1Pod, bool> holds)
    {
        V1Pod? pod = null;
        try
        {
            await Eventually.HoldsAsync(
                $"the pod {name} is as it should be",
                async () => holds(pod = await cluster.Admin.CoreV1.ReadNamespacedPodAsync(name, Namespace)),
                deadline);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException(
                $"{error.Message}\n{KubernetesJson.Serialize(pod?.Status)}\n"
                + string.Join('\n', cluster.Kubelet.Output.TakeLast(60)));
        }

        return pod!;
    }

    /// <summary>Deletes one and waits until the API server has forgotten it, which is after its kubelet has.</summary>
    public static async Task DeleteAsync(TestCluster cluster, string name)
    {
        _ = await cluster.Admin.CoreV1.DeleteNamespacedPodAsync(name, Namespace);
        await Eventually.HoldsAsync($"the pod {name} is gone", () => IsGoneAsync(cluster, name), deadline);
    }

    private static async Task<bool> IsGoneAsync(TestCluster cluster, string name) =>
        (await cluster.Admin.CoreV1.ListNamespacedPodAsync(Namespace, fieldSelector: $"metadata.name={name}"))
        .Items.Count == 0;

    private static V1Pod Waiting(string name) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1PodSpec
        {
            NodeName = TestCluster.NodeName,
            AutomountServiceAccountToken = false,
            TerminationGracePeriodSeconds = 5,
            Containers = [new() { Name = "main", Image = BusyboxImage.Name, ImagePullPolicy = "Never" }],
        },
    };
}
