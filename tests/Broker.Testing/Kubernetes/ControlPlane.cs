using Broker.Testing.Processes;

namespace Broker.Testing.Kubernetes;

/// <summary>
/// A real control plane: etcd, API server, controller manager and, if asked for, scheduler, on free ports of the
/// loopback address, with certificates and a folder of its own. Several live beside each other; it needs no root.
/// </summary>
public sealed class ControlPlane : IAsyncDisposable
{
    private static readonly TimeSpan startDeadline = TimeSpan.FromMinutes(2);

    private readonly TempFolder folder = new();
    private readonly ControlPlaneCommands commands;
    private readonly ControlPlaneFiles files;
    private readonly List<TestProcess> processes = [];
    private TestProcess? apiServer;

    private ControlPlane(ControlPlaneOptions options)
    {
        files = new ControlPlaneFiles(folder, Authority);
        commands = new ControlPlaneCommands(files, options, FreePort.Take(ControlPlaneCommands.Ports));
        Admin = Authority.User("admin", "system:masters");
        File.WriteAllText(files.Kubeconfig, Admin.Kubeconfig(Server, Authority.Pem));
    }

    /// <summary>The CA of everything in this cluster.</summary>
    public ClusterAuthority Authority { get; } = new();

    /// <summary>The API server's address.</summary>
    public Uri Server => commands.Server;

    /// <summary>May do everything (group <c>system:masters</c>).</summary>
    public KubeUser Admin { get; }

    /// <summary>The full path of a kubeconfig of <see cref="Admin"/>.</summary>
    public string AdminKubeconfig => files.Kubeconfig;

    /// <summary>The folder that all of it lies in; gone after the test.</summary>
    public string Folder => folder.Path;

    /// <summary>Skips the test when a part is missing; fails it under CI.</summary>
    public static void Require()
    {
        KubernetesPrograms.Require();
        Requires.Command("etcd", "etcd-server");
    }

    /// <summary>Starts it and waits until it serves; the bindings that let nodes join are in place.</summary>
    /// <exception cref="TimeoutException">It does not; the message has what the API server said.</exception>
    public static async Task<ControlPlane> StartAsync(ControlPlaneOptions? options = null)
    {
        options ??= new ControlPlaneOptions();
        var cluster = new ControlPlane(options);
        try
        {
            cluster.processes.Add(TestProcess.Start("etcd", cluster.commands.Etcd));
            await cluster.StartApiServerAsync();
            using var admin = cluster.Connect(cluster.Admin);
            await NodeBootstrap.BindAsync(admin);
            cluster.StartComponent("kube-controller-manager", cluster.commands.ControllerManager);
            if (options.Scheduler)
            {
                cluster.StartComponent("kube-scheduler", cluster.commands.Scheduler);
            }

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of a user; the caller disposes it.</summary>
    public k8s.Kubernetes Connect(KubeUser user) => user.Connect(Server, Authority.Pem);

    /// <summary>A new bootstrap token, as <c>kubeadm token create</c> makes one.</summary>
    public async Task<KubeUser> IssueBootstrapTokenAsync()
    {
        using var admin = Connect(Admin);
        return await NodeBootstrap.IssueTokenAsync(admin);
    }

    /// <summary>Ends the API server as a crash does; etcd and the others stay up.</summary>
    public async Task KillApiServerAsync()
    {
        if (apiServer is { } running)
        {
            apiServer = null;
            await running.DisposeAsync();
        }
    }

    /// <summary>Starts the API server, again on the same port, and waits until it is ready.</summary>
    /// <exception cref="TimeoutException">It is not; the message has what it said.</exception>
    public async Task StartApiServerAsync()
    {
        apiServer = TestProcess.Start(KubernetesPrograms.Find("kube-apiserver"), commands.ApiServer);
        using var admin = Connect(Admin);
        try
        {
            await Eventually.HoldsAsync("the API server is ready", () => IsReadyAsync(admin), startDeadline);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"{error.Message}\n{string.Join('\n', apiServer.Output.TakeLast(50))}");
        }
    }

    /// <summary>What there is of it; nothing after it was disposed.</summary>
    public IReadOnlyList<string> Traces() => FolderTraces.Find(Folder);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        await KillApiServerAsync();
        folder.Dispose();
    }

    private static async Task<bool> IsReadyAsync(k8s.Kubernetes admin)
    {
        try
        {
            using var answer = await admin.HttpClient.GetAsync(new Uri(admin.BaseUri, "/readyz"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void StartComponent(string name, IReadOnlyList<string> arguments) =>
        processes.Add(TestProcess.Start(KubernetesPrograms.Find(name), arguments));
}
