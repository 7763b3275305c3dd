using System.Text;
using System.Text.Json.Nodes;
using Broker.Cni;
using Broker.Cni.Brokers;
using Broker.Cni.Direct;
using Broker.Cni.Verbs;
using Broker.Testing.Processes;
using Broker.Testing.Servers;

namespace Broker.Tests.Cni;

/// <summary>Runs the plugin in this process, each run as an exec of its own would be.</summary>
internal sealed class PluginRig : IDisposable
{
    private readonly TempFolder _temp = new();
    private int _requests;

    public PluginRig() => Config = new JsonObject
    {
        ["cniVersion"] = "1.0.0",
        ["name"] = "pods",
        ["type"] = "bridge",
        ["ipam"] = new JsonObject
        {
            ["type"] = "broker-ipam",
            ["server"] = "https://127.0.0.1:1",
            ["caFile"] = _temp["ca.pem"],
            ["certificateFile"] = _temp["node.pem"],
            ["stateDir"] = _temp["state"],
            ["timeoutSeconds"] = 2,
        },
    };

    public JsonObject Config { get; }

    public JsonObject Ipam => Config["ipam"]!.AsObject();

    public string Spool => Path.Combine(_temp["state"], "spool");

    public TempFolder Folder => _temp;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Whom the plugin asks; null for the broker that the configuration names.</summary>
    public ILeaseBroker? Broker { get; set; }

    public string[] Releases => Directory.Exists(Spool) ? Directory.GetFiles(Spool, "*.release") : [];

    /// <summary>Asks this broker as this node, whose key and certificate lie in one file, as a kubelet's do.</summary>
    public void PointTo(TestBroker broker, TestNode node)
    {
        Ipam["server"] = broker.AddressOf(TestListener.Node).GetLeftPart(UriPartial.Authority);
        _ = _temp.Write("ca.pem", broker.Anchors[0].ExportCertificatePem());
        _ = _temp.Write("node.pem", node.Pem());
    }

    public Task<PluginOutcome> AddAsync(string container, params (string Name, string? Value)[] more) =>
        RunAsync("ADD", container, more);

    public Task<PluginOutcome> DelAsync(string container) => RunAsync("DEL", container, ("CNI_NETNS", ""));

    public Task<PluginOutcome> RunAsync(
        string verb, string container = "c1", params (string Name, string? Value)[] more) =>
        RunWithAsync(Config.ToJsonString(), verb, container, more);

    public async Task<PluginOutcome> RunWithAsync(
        string input, string verb, string container = "c1", params (string Name, string? Value)[] more)
    {
        var variables = new Dictionary<string, string?>
        {
            ["CNI_COMMAND"] = verb,
            ["CNI_CONTAINERID"] = container,
            ["CNI_NETNS"] = "/run/netns/any",
            ["CNI_IFNAME"] = "eth0",
            ["CNI_PATH"] = "/usr/lib/cni",
        };
        foreach (var (name, value) in more)
        {
            variables[name] = value;
        }

        using MemoryStream stdin = new(Encoding.UTF8.GetBytes(input)), stdout = new(), stderr = new();
        var plugin = new Plugin(new PluginWorld(
            Clock,
            () => 0.5,
            () => $"request-{Environment.ProcessId}-{GetHashCode()}-{Interlocked.Increment(ref _requests)}",
            (ipam, trace) => Broker ?? new DirectBroker(NodeCredentials.Load(ipam), trace)));
        var code = await plugin.RunAsync(variables.GetValueOrDefault, stdin, stdout, stderr);
        return new PluginOutcome(
            code, Encoding.UTF8.GetString(stdout.ToArray()), Encoding.UTF8.GetString(stderr.ToArray()));
    }

    public void Dispose() => _temp.Dispose();
}
