using Broker.Testing.Processes;
using k8s;
using k8s.Models;

namespace Broker.Testing.Kubernetes;

/// <summary>A real kubelet on a <see cref="NodeRuntime"/>: it joins by a CSR of its own and renews by itself.</summary>
public sealed class KubeletProcess : IAsyncDisposable
{
    private static readonly TimeSpan readyDeadline = TimeSpan.FromMinutes(3);

    private readonly TestProcess process;

    private KubeletProcess(string nodeName, TestProcess process, string folder) =>
        (NodeName, this.process, Folder) = (nodeName, process, folder);

    public string NodeName { get; }

    /// <summary>
    /// The file with key and certificate that it uses now; it links to another one after each rotation.
    /// </summary>
    public string CertificateFile => Path.Combine(Folder, "pki", "kubelet-client-current.pem");

    /// <summary>The last lines that it said.</summary>
    public IReadOnlyList<string> Output => process.Output;

    private string Folder { get; }

    /// <summary>Starts it with a new bootstrap token, without waiting until it has joined.</summary>
    /// <remarks>A node that starts again with its old folder joins with the certificate that it has.</remarks>
    public static async Task<KubeletProcess> StartAsync(ControlPlane cluster, NodeRuntime runtime, string nodeName)
    {
        var folder = Path.Combine(runtime.Folder, "kubelet");
        _ = Directory.CreateDirectory(folder);
        string In(string name) => Path.Combine(folder, name);
        var token = await cluster.IssueBootstrapTokenAsync();
        await File.WriteAllTextAsync(In("ca.crt"), cluster.Authority.Pem);
        await File.WriteAllTextAsync(
            In("bootstrap.kubeconfig"), token.Kubeconfig(cluster.Server, cluster.Authority.Pem));
        await File.WriteAllTextAsync(
            In("config.json"), KubeletConfiguration.Write(folder, In("ca.crt"), FreePort.Take()));
        var process = runtime.Start(
            KubernetesPrograms.Find("kubelet"),
            [
                $"--config={In("config.json")}", $"--hostname-override={nodeName}", "--v=2",
                $"--bootstrap-kubeconfig={In("bootstrap.kubeconfig")}", $"--kubeconfig={In("kubeconfig")}",
                $"--cert-dir={In("pki")}", $"--root-dir={In("root")}",
                "--container-runtime=remote", $"--container-runtime-endpoint=unix://{runtime.Socket}",
            ]);
        return new KubeletProcess(nodeName, process, folder);
    }

    /// <summary>Waits until the API server calls the Node ready.</summary>
    /// <exception cref="TimeoutException">It does not; the message has what the kubelet said.</exception>
    public async Task<V1Node> WaitUntilReadyAsync(k8s.Kubernetes admin)
    {
        V1Node? ready = null;
        try
        {
            await Eventually.HoldsAsync(
                $"the node {NodeName} is ready",
                async () =>
                {
                    var nodes = await admin.CoreV1.ListNodeAsync(fieldSelector: $"metadata.name={NodeName}");
                    ready = nodes.Items.SingleOrDefault(IsReady);
                    return ready is not null;
                },
                readyDeadline);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"{error.Message}\n{string.Join('\n', Output.TakeLast(60))}");
        }

        return ready!;
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static bool IsReady(V1Node node) =>
        node.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;
}
