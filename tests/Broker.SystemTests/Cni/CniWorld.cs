using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Broker.Contracts.Leases;
using Broker.Contracts.Pools;
using Broker.Testing.Load;
using Broker.Testing.Processes;

namespace Broker.SystemTests.Cni;

/// <summary>A broker's process with pools, one node's PEM file, and the folders that a runtime has.</summary>
internal sealed class CniWorld : IAsyncDisposable
{
    /// <summary>Short cooldowns, so that a small pool can be used again within a test.</summary>
    private static readonly Dictionary<string, PoolDefinition> pools = new()
    {
        ["four"] = new("10.71.0.0/16", 24, AddressCooldownSeconds: 1, BlockCooldownSeconds: 1, Open: true),
        ["six"] = new("fd71::/48", 122, AddressCooldownSeconds: 1, BlockCooldownSeconds: 1, Open: true),
        ["second"] = new("10.72.0.0/16", 24, AddressCooldownSeconds: 1, BlockCooldownSeconds: 1, Open: true),
        ["tiny"] = new("10.73.0.0/30", 30, AddressCooldownSeconds: 3600, BlockCooldownSeconds: 3600, Open: true),
    };

    private readonly LoadWorld _world = new();
    private readonly TempFolder _temp = new();
    private readonly LoadNode _node = new("node-cni");
    private ServedBroker? _broker;
    private LoadSession? _session;

    public string CaFile => _temp["ca.pem"];

    public string StateDir => _temp["state"];

    /// <summary>Where plugins lie: ours, then Debian's.</summary>
    public string Path { get; } = $"{PublishedPlugin.Folder}:/usr/lib/cni";

    public string[] Releases =>
        Directory.Exists($"{StateDir}/spool") ? Directory.GetFiles($"{StateDir}/spool", "*.release") : [];

    public static async Task<CniWorld> StartAsync()
    {
        _ = await PublishedPlugin.ReadyAsync();
        var world = new CniWorld();
        try
        {
            await world._world.InitAsync();
            world._broker = await ServedBroker.ServeAsync(world._world.Folder);
            world._session = new LoadSession(world._world, world._broker);
            await world.PrepareAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>A network configuration of that name, for our plugin called by <paramref name="type"/>.</summary>
    public JsonObject Config(string name, string type = "bridge", params string[] pools) => new()
    {
        ["cniVersion"] = "1.0.0",
        ["name"] = name,
        ["type"] = type,
        ["ipam"] = new JsonObject
        {
            ["type"] = "broker-ipam",
            ["server"] = _broker!.Node.GetLeftPart(UriPartial.Authority),
            ["caFile"] = CaFile,
            ["certificateFile"] = _temp["node.pem"],
            ["stateDir"] = StateDir,
            ["pools"] = new JsonArray([.. (pools.Length > 0 ? pools : ["four", "six"]).Select(each => (JsonNode)each)]),
        },
    };

    public (string Name, string Value)[] Variables(
        string verb, string container, string namespacePath, string @interface) =>
    [
        ("CNI_COMMAND", verb), ("CNI_CONTAINERID", container), ("CNI_NETNS", namespacePath),
        ("CNI_IFNAME", @interface), ("CNI_PATH", Path),
        ("CNI_ARGS", $"IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME={container}"),
    ];

    /// <summary>Calls a main plugin of Debian, which calls ours.</summary>
    public Task<PluginCall> CallAsync(
        string verb, JsonObject config, string container, string namespacePath, string @interface = "eth0") =>
        PluginCall.RunAsync(
            $"/usr/lib/cni/{config["type"]}",
            config.ToJsonString(),
            Variables(verb, container, namespacePath, @interface));

    /// <summary>Calls ours itself.</summary>
    public Task<PluginCall> CallOursAsync(string verb, JsonObject config, string container) =>
        PluginCall.RunAsync(
            PublishedPlugin.Program, config.ToJsonString(), Variables(verb, container, "/any", "eth0"));

    /// <summary>What the broker says that is leased.</summary>
    public Task<IReadOnlyList<LeaseInfo>> LeasesAsync() => _session!.LeasesAsync();

    /// <summary>Ends the broker's process as a crash does.</summary>
    public async Task KillBrokerAsync()
    {
        _session!.Dispose();
        _broker!.Process.Kill();
        _ = await _broker.Process.WaitForExitAsync(TimeSpan.FromSeconds(30));
        await _broker.DisposeAsync();
    }

    /// <summary>Starts it again where it was.</summary>
    public async Task StartBrokerAgainAsync()
    {
        _broker = await _broker!.ServeAgainAsync(_world.Folder);
        _session = new LoadSession(_world, _broker);
    }

    public async ValueTask DisposeAsync()
    {
        _session?.Dispose();
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        _node.Dispose();
        _world.Dispose();
        _temp.Dispose();
    }

    private async Task PrepareAsync()
    {
        foreach (var (name, definition) in pools)
        {
            _ = (await _session!.People.DefinePoolAsync(name, definition, default)).OrThrow(); // A refusal throws.
        }

        await _session!.EnrolAsync(_node);
        using var identity = _node.Identity();
        using var key = identity.GetECDsaPrivateKey()!;
        _ = _temp.Write("node.pem", $"{identity.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        File.Copy(_world.Pki("broker-ca.crt"), CaFile);
    }
}
