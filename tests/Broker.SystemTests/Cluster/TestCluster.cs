using Broker.Testing.Kubernetes;

namespace Broker.SystemTests.Cluster;

/// <summary>A control plane with one node, as the tests of this folder share it.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public const string NodeName = "node-a";

    private TestCluster(ControlPlane controlPlane, NodeRuntime runtime, KubeletProcess kubelet) =>
        (ControlPlane, Runtime, Kubelet, Admin) =
        (controlPlane, runtime, kubelet, controlPlane.Connect(controlPlane.Admin));

    public ControlPlane ControlPlane { get; }

    public NodeRuntime Runtime { get; }

    public KubeletProcess Kubelet { get; }

    /// <summary>May do everything.</summary>
    public k8s.Kubernetes Admin { get; }

    /// <summary>Skips the test when a part is missing; fails it under CI.</summary>
    public static void Require()
    {
        ControlPlane.Require();
        NodeRuntime.Require();
    }

    /// <summary>Starts it and waits until the node is ready.</summary>
    public static Task<TestCluster> StartAsync(ControlPlaneOptions options, string podCidr) =>
        StartAsync(options, _ => Task.FromResult(new NodeRuntimeOptions { PodCidr = podCidr }));

    /// <summary>The same; how pods get their network is said once the control plane is there.</summary>
    public static async Task<TestCluster> StartAsync(
        ControlPlaneOptions options, Func<ControlPlane, Task<NodeRuntimeOptions>> network)
    {
        var controlPlane = await ControlPlane.StartAsync(options);
        NodeRuntime? runtime = null;
        KubeletProcess? kubelet = null;
        try
        {
            runtime = await NodeRuntime.StartAsync(await network(controlPlane));
            kubelet = await KubeletProcess.StartAsync(controlPlane, runtime, NodeName);
            var cluster = new TestCluster(controlPlane, runtime, kubelet);
            _ = await kubelet.WaitUntilReadyAsync(cluster.Admin);
            return cluster;
        }
        catch
        {
            await StopAsync(controlPlane, runtime, kubelet);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await StopAsync(ControlPlane, Runtime, Kubelet);
    }

    private static async Task StopAsync(ControlPlane controlPlane, NodeRuntime? runtime, KubeletProcess? kubelet)
    {
        if (kubelet is not null)
        {
            await kubelet.DisposeAsync();
        }

        if (runtime is not null)
        {
            await runtime.DisposeAsync();
        }

        await controlPlane.DisposeAsync();
    }
}
