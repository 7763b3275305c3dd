using System.Globalization;
using Broker.Testing.Processes;

namespace Broker.Testing.Kubernetes;

/// <summary>
/// A namespace of processes and mounts for a node's programs. Container shims leave their parents on purpose and mounts
/// outlive whoever made them, so no list of pids would be complete: here the kernel ends every process together with
/// the first one and the mounts with the last. The first one ends with the test, also when that is killed.
/// The network, and the folder of the test, are the machine's own; <c>/run</c>, <c>/var/lib</c> and
/// <c>/var/log</c> are fresh and empty, because kubelet and containerd write to fixed places below them.
/// </summary>
internal sealed class NodeNamespace : IAsyncDisposable
{
    private const string Ready = "the namespace is ready";

    // bash reaps what loses its parent, as an init must. It reads until the test is gone.
    private const string Init = $"""
        set -e
        mount --make-rshared /
        for place in /run /var/lib /var/log; do mount -t tmpfs tmpfs "$place"; done
        mkdir -p /run/lock
        echo "{Ready}"
        read -r _ || :
        """;

    private static readonly TimeSpan startDeadline = TimeSpan.FromSeconds(30);

    private readonly TestProcess holder;
    private readonly int init;

    private NodeNamespace(TestProcess holder, int init) => (this.holder, this.init) = (holder, init);

    /// <summary>What <c>/proc/PID/ns/pid</c> says for each process in it.</summary>
    public string Identity => new FileInfo($"/proc/{init}/ns/pid").LinkTarget ?? "";

    public static async Task<NodeNamespace> StartAsync()
    {
        var holder = TestProcess.StartWithInput(
            "unshare", ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c", Init]);
        try
        {
            _ = await holder.WaitForLineAsync(line => line == Ready, startDeadline);
            var children = await File.ReadAllTextAsync($"/proc/{holder.Id}/task/{holder.Id}/children");
            return new NodeNamespace(holder, int.Parse(children.Trim(), CultureInfo.InvariantCulture));
        }
        catch
        {
            await holder.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a program in it.</summary>
    public TestProcess Start(string program, IEnumerable<string> arguments) => TestProcess.Start(
        "nsenter",
        ["--target", init.ToString(CultureInfo.InvariantCulture), "--mount", "--pid", "--", program, .. arguments]);

    public ValueTask DisposeAsync() => holder.DisposeAsync();
}
