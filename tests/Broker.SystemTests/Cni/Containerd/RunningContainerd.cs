using System.Net.Sockets;
using Broker.SystemTests.Cni.Containerd.Wire;
using Broker.Testing.Processes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Broker.SystemTests.Cni.Containerd;

/// <summary>
/// Debian's containerd with folders and a socket of its own, and its CRI as a kubelet would call it. Its sandboxes,
/// their shims and mounts go with the test.
/// </summary>
internal sealed class RunningContainerd : IAsyncDisposable
{
    private static readonly TimeSpan startDeadline = TimeSpan.FromMinutes(1);
    private readonly TempFolder _temp = new();
    private readonly TestProcess _process;
    private readonly GrpcChannel _channel;
    private readonly RuntimeService.RuntimeServiceClient _runtime;

    private RunningContainerd(Action<string> writeNetwork)
    {
        WriteConfig();
        writeNetwork(_temp["net.d/10-pods.conflist"]);
        _process = TestProcess.Start("containerd", ["--config", _temp["config.toml"]]);
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { ConnectCallback = (_, token) => ConnectAsync(token) },
        });
        _runtime = new RuntimeService.RuntimeServiceClient(_channel);
    }

    private string Socket => _temp["containerd.sock"];

    /// <summary>Starts it; <paramref name="writeNetwork"/> writes the CNI configuration to the path that it is given.</summary>
    public static async Task<RunningContainerd> StartAsync(Action<string> writeNetwork)
    {
        var containerd = new RunningContainerd(writeNetwork);
        try
        {
            await Eventually.HoldsAsync("containerd's CRI answers", containerd.AnswersAsync, startDeadline);
            SandboxImage.Write(containerd._temp["pause.tar"]);
            _ = await Tool.RunAsync(
                "ctr", "-a", containerd.Socket, "-n", "k8s.io", "images", "import", "--snapshotter", "native",
                containerd._temp["pause.tar"]);
            return containerd;
        }
        catch (Exception error)
        {
            var said = string.Join('\n', containerd._process.Output.TakeLast(30));
            await containerd.DisposeAsync();
            throw new InvalidOperationException($"{error.Message}\n{said}", error);
        }
    }

    /// <summary>Runs a pod's sandbox; its id.</summary>
    /// <exception cref="RpcException">It could not; the detail is what a kubelet shows.</exception>
    public async Task<string> RunAsync(string space, string pod)
    {
        var answer = await _runtime.RunPodSandboxAsync(new RunPodSandboxRequest
        {
            Config = new PodSandboxConfig
            {
                Metadata = new PodSandboxMetadata { Name = pod, Namespace = space, Uid = $"uid-{pod}" },
                Hostname = pod,
                Linux = new LinuxPodSandboxConfig(),
            },
        });
        return answer.PodSandboxId;
    }

    /// <summary>All addresses of a sandbox, as a kubelet reads them.</summary>
    public async Task<IReadOnlyList<string>> AddressesAsync(string sandbox)
    {
        var answer = await _runtime.PodSandboxStatusAsync(new PodSandboxStatusRequest { PodSandboxId = sandbox });
        return [answer.Status.Network.Ip, .. answer.Status.Network.AdditionalIps.Select(ip => ip.Ip)];
    }

    /// <summary>Stops and removes a sandbox, as a kubelet does.</summary>
    public async Task RemoveAsync(string sandbox)
    {
        _ = await _runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = sandbox });
        _ = await _runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = sandbox });
    }

    public async ValueTask DisposeAsync()
    {
        await RemoveSandboxesAsync();
        _channel.Dispose();
        await _process.DisposeAsync();
        foreach (var shim in Shims())
        {
            shim.Kill();
            await shim.WaitForExitAsync();
        }

        foreach (var mount in Mounts())
        {
            _ = await Tool.TryAsync("umount", "--lazy", mount); // The folder below it goes next.
        }

        _temp.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            _ = await _runtime.VersionAsync(new VersionRequest());
            return true;
        }
        catch (RpcException)
        {
            return _process.HasExited ? throw new InvalidOperationException("containerd has ended.") : false;
        }
    }

    private async Task RemoveSandboxesAsync()
    {
        try
        {
            foreach (var sandbox in (await _runtime.ListPodSandboxAsync(new ListPodSandboxRequest())).Items)
            {
                await RemoveAsync(sandbox.Id);
            }
        }
        catch (RpcException error)
        {
            // The shims are killed below all the same; a test that failed before has said why.
            Console.Error.WriteLine(error.Status.Detail);
        }
    }

    // A shim outlives its containerd, and names the socket that it reports to.
    private List<System.Diagnostics.Process> Shims() =>
    [
        .. System.Diagnostics.Process.GetProcessesByName("containerd-shim")
            .Concat(System.Diagnostics.Process.GetProcessesByName("containerd-shim-runc-v2"))
            .Where(process => CommandLine(process.Id).Contains(Socket, StringComparison.Ordinal)),
    ];

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    private List<string> Mounts() =>
    [
        .. File.ReadAllLines("/proc/self/mountinfo").Select(line => line.Split(' ')[4])
            .Where(path => path.StartsWith(_temp.Path, StringComparison.Ordinal))
            .OrderByDescending(path => path.Length),
    ];

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void WriteConfig()
    {
        var plugins = _temp["bin"];
        _ = Directory.CreateDirectory(plugins);
        foreach (var program in new[] { "/usr/lib/cni/bridge", "/usr/lib/cni/loopback", PublishedPlugin.Program })
        {
            _ = File.CreateSymbolicLink(Path.Combine(plugins, Path.GetFileName(program)), program);
        }

        _ = Directory.CreateDirectory(_temp["net.d"]);
        // native: no overlay file system is needed. An OOM score below our own would take a capability more than root
        // has in a sandbox.
        _ = _temp.Write("config.toml", $"""
            version = 2
            root = "{_temp["root"]}"
            state = "{_temp["run"]}"
            [grpc]
              address = "{Socket}"
            [plugins."io.containerd.grpc.v1.cri"]
              sandbox_image = "{SandboxImage.Name}"
              restrict_oom_score_adj = true
              netns_mounts_under_state_dir = true
              stream_server_port = "0"
              [plugins."io.containerd.grpc.v1.cri".containerd]
                snapshotter = "native"
              [plugins."io.containerd.grpc.v1.cri".cni]
                bin_dir = "{plugins}"
                conf_dir = "{_temp["net.d"]}"
            """);
    }
}
