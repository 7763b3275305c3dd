using System.Globalization;

namespace Broker.Bench.Cni;

/// <summary>The host-local plugin of the CNI project, as Debian packages it, with its files in a folder.</summary>
internal sealed class HostLocal : ICniPlugin
{
    private const string Program = "/usr/lib/cni/host-local";
    private readonly CniExec _exec;
    private int _taken;

    /// <exception cref="FileNotFoundException">The package is not installed.</exception>
    public HostLocal(string folder)
    {
        if (!File.Exists(Program))
        {
            throw new FileNotFoundException($"{Program} is missing: apt-get install containernetworking-plugins");
        }

        _exec = new CniExec(
            Program,
            $$"""
            {"cniVersion":"1.0.0","name":"bench","type":"bridge","ipam":{"type":"host-local","dataDir":"{{folder}}",
            "ranges":[[{"subnet":"10.77.0.0/16"}]]}
            }
            """);
    }

    public void Run(string command, string containerId) => _exec.Run(command, containerId);

    public Task FillAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Run("ADD", string.Create(CultureInfo.InvariantCulture, $"kept-{_taken++}"));
        }

        return Task.CompletedTask;
    }
}
