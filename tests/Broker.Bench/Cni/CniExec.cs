using System.Text;
using Broker.Bench.Processes;

namespace Broker.Bench.Cni;

/// <summary>Calls a plugin as a container runtime does.</summary>
internal sealed class CniExec(string program, string configuration)
{
    private readonly byte[] _input = Encoding.UTF8.GetBytes(configuration);

    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public void Run(string command, string containerId)
    {
        var result = Spawn.Run(
            program,
            [
                $"CNI_COMMAND={command}",
                $"CNI_CONTAINERID={containerId}",
                "CNI_NETNS=/var/run/netns/bench",
                "CNI_IFNAME=eth0",
                "CNI_PATH=" + Path.GetDirectoryName(program),
                "CNI_ARGS=IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME=web-0;K8S_POD_UID=0",
            ],
            _input);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {command}: exit {result.ExitCode}: {result.Output}");
        }
    }
}
