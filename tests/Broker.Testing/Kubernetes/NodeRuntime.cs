using System.Security.Cryptography;
using Broker.Testing.Processes;

namespace Broker.Testing.Kubernetes;

/// <summary>
/// What a node's kubelet stands on: a containerd of its own with one image (<see cref="BusyboxImage"/>) and a CNI
/// configuration, in a namespace where everything ends with it. Several live beside each other.
/// </summary>
public sealed class NodeRuntime : IAsyncDisposable
{
    /// <summary>Where Debian's package <c>containernetworking-plugins</c> puts them.</summary>
    private const string DebianPlugins = "/usr/lib/cni";

    private static readonly TimeSpan startDeadline = TimeSpan.FromMinutes(1);

    private readonly TempFolder folder = new();
    private readonly NodeNamespace processes;
    private readonly NodeTraces traces;
    private TestProcess? containerd;

    private NodeRuntime(NodeNamespace processes)
    {
        this.processes = processes;
        traces = new NodeTraces(Bridge, Folder, processes.Identity);
    }

    /// <summary>The name that its bridge has, if the CNI configuration makes one; unlike that of any other.</summary>
    public string Bridge { get; } = $"bk{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>The folder that all of it lies in; gone after the test.</summary>
    public string Folder => folder.Path;

    /// <summary>The socket that kubelet and <c>ctr</c> talk to.</summary>
    public string Socket => folder["containerd.sock"];

    /// <summary>The folder that containerd reads the CNI configuration from.</summary>
    public string CniConfigurations => folder["cni/conf"];

    /// <summary>Skips the test when a part is missing; fails it under CI.</summary>
    public static void Require()
    {
        Requires.Root();
        Requires.Command("containerd", "containerd");
        Requires.Command("runc", "runc");
        Requires.Command("unshare", "util-linux");
        Requires.Command("ip", "iproute2");
        Requires.That(
            File.Exists(BusyboxImage.Program),
            $"{BusyboxImage.Program} is missing; install it with: apt-get install busybox-static");
        Requires.That(
            File.Exists(Path.Combine(DebianPlugins, "bridge")),
            $"{DebianPlugins} is missing; install it with: apt-get install containernetworking-plugins");
    }

    /// <summary>Starts it and imports the image.</summary>
    /// <exception cref="TimeoutException">It does not start; the message has what it said.</exception>
    public static async Task<NodeRuntime> StartAsync(NodeRuntimeOptions? options = null)
    {
        var runtime = new NodeRuntime(await NodeNamespace.StartAsync());
        try
        {
            runtime.WriteCni(options ?? new NodeRuntimeOptions());
            await runtime.StartContainerdAsync();
            var image = runtime.folder["busybox.tar"];
            BusyboxImage.Write(image);
            _ = await runtime.ControlAsync("images", "import", "--snapshotter", "native", image);
            return runtime;
        }
        catch
        {
            await runtime.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a program beside it; it ends with the node at the latest.</summary>
    public TestProcess Start(string program, IEnumerable<string> arguments) => processes.Start(program, arguments);

    /// <summary>Runs <c>ctr</c> in the namespace of Kubernetes, to its end.</summary>
    /// <returns>The lines that it said.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public async Task<IReadOnlyList<string>> ControlAsync(params IEnumerable<string> arguments)
    {
        await using var control = Start("ctr", ["--address", Socket, "--namespace", "k8s.io", .. arguments]);
        return await control.WaitForExitAsync(startDeadline) == 0
            ? control.Output
            : throw new InvalidOperationException($"ctr: {string.Join('\n', control.Output)}");
    }

    /// <summary>What there is of this node outside its folder; nothing after it was disposed.</summary>
    public IReadOnlyList<string> Traces() => traces.Find();

    public async ValueTask DisposeAsync()
    {
        traces.NoteContainers();
        await processes.DisposeAsync();
        if (containerd is not null)
        {
            await containerd.DisposeAsync();
        }

        await traces.RemoveAsync();
        folder.Dispose();
    }

    private async Task StartContainerdAsync()
    {
        var file = folder.Write("containerd.toml", ContainerdConfiguration.Write(Folder, Socket));
        containerd = Start("containerd", ["--config", file]);
        _ = await containerd.WaitForLineAsync(
            line => line.Contains("containerd successfully booted", StringComparison.Ordinal), startDeadline);
    }

    private void WriteCni(NodeRuntimeOptions options)
    {
        var plugins = Directory.EnumerateFiles(DebianPlugins).ToDictionary(file => Path.GetFileName(file));
        foreach (var (name, path) in options.CniPlugins)
        {
            plugins[name] = path;
        }

        _ = Directory.CreateDirectory(folder["cni/bin"]);
        foreach (var (name, path) in plugins)
        {
            _ = File.CreateSymbolicLink(folder[$"cni/bin/{name}"], path);
        }

        var configuration = options.CniConfiguration ?? BridgeConfiguration(options.PodCidr);
        _ = folder.Write(
            "cni/conf/10-test.conflist",
            configuration
                .Replace("BRIDGE", Bridge, StringComparison.Ordinal)
                .Replace("FOLDER", folder["cni"], StringComparison.Ordinal)
                .Replace("NODE", Folder, StringComparison.Ordinal));
    }

    private static string BridgeConfiguration(string range) => $$"""
        {
          "cniVersion": "0.4.0",
          "name": "test",
          "plugins": [
            {
              "type": "bridge",
              "bridge": "BRIDGE",
              "ipam": { "type": "host-local", "dataDir": "FOLDER/leases", "ranges": [[{ "subnet": "{{range}}" }]] }
            }
          ]
        }
        """;
}
