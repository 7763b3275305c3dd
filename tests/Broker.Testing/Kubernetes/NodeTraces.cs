using Broker.Testing.Processes;

namespace Broker.Testing.Kubernetes;

/// <summary>
/// What there is of a node on the machine. Its processes and mounts end with its namespace; a bridge and the control
/// groups of its containers do not, and are removed here.
/// </summary>
/// <param name="bridge">The name of its bridge.</param>
/// <param name="folder">Where containerd keeps its state.</param>
/// <param name="processes">What <c>/proc/PID/ns/pid</c> says for its processes.</param>
internal sealed class NodeTraces(string bridge, string folder, string processes)
{
    private const string ControlGroups = "/sys/fs/cgroup";
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(20);

    private readonly HashSet<string> containers = [];

    /// <summary>One line for each process, mount, network device and control group.</summary>
    public IReadOnlyList<string> Find()
    {
        NoteContainers();
        return
        [
            .. FolderTraces.Find(folder),
            .. from process in FolderTraces.Processes()
               where new FileInfo(Path.Combine(process, "ns", "pid")).LinkTarget == processes
               select $"process {Path.GetFileName(process)} in the namespace: {FolderTraces.Command(process)}",
            .. Devices().Select(device => $"network device {device}"),
            .. Groups().Select(group => $"control group {group}"),
        ];
    }

    /// <summary>Remembers the containers that are there, while the folder is.</summary>
    public void NoteContainers()
    {
        var tasks = Path.Combine(folder, "state", "io.containerd.runtime.v2.task", "k8s.io");
        if (Directory.Exists(tasks))
        {
            containers.UnionWith(Directory.EnumerateDirectories(tasks).Select(task => Path.GetFileName(task)));
        }
    }

    /// <summary>Removes bridge and control groups; whoever used them has ended.</summary>
    public async Task RemoveAsync()
    {
        foreach (var device in Devices())
        {
            await using var removal = TestProcess.Start("ip", ["link", "delete", device]);
            _ = await removal.WaitForExitAsync(deadline);
        }

        await Eventually.HoldsAsync(
            $"the control groups of {folder} can be removed",
            () => Task.FromResult(Groups().All(TryRemove)),
            deadline);
        foreach (var parent in Trees().Where(Directory.Exists))
        {
            _ = TryRemove(parent); // Not empty: another containerd of this machine uses it.
        }
    }

    private IEnumerable<string> Devices() =>
        Directory.EnumerateFileSystemEntries("/sys/class/net").Select(entry => Path.GetFileName(entry))
            .Where(name => name == bridge);

    private List<string> Groups() =>
    [
        .. from tree in Trees()
           from container in containers
           let path = Path.Combine(tree, container)
           where Directory.Exists(path)
           select path,
    ];

    // One tree of version 2, or one for each controller of version 1; containerd names its part after its namespace.
    private static IEnumerable<string> Trees() => !Directory.Exists(ControlGroups)
        ? []
        : Directory.EnumerateDirectories(ControlGroups).Prepend(ControlGroups)
            .Select(tree => Path.Combine(tree, "k8s.io"));

    // Its files are the kernel's; it goes once it has no groups in it and no processes, which takes a moment.
    private static bool TryRemove(string group)
    {
        try
        {
            Directory.Delete(group);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
