using Broker.Journal.Dapr;
using Broker.Testing.Dapr;

namespace Broker.SystemTests.Dapr;

/// <summary>A ledger's place on a server, and sidecars to it: each broker has one of its own.</summary>
internal sealed class Sidecars(StoreServers servers, StoreServer server) : IAsyncDisposable
{
    public const string Origin = "ipam.example.org/test";

    private readonly List<IAsyncDisposable> _parts = [];
    private readonly string _prefix = "t" + Guid.NewGuid().ToString("N");

    /// <summary>The key of the head on the server.</summary>
    public string HeadKey => $"{_prefix}||{{ipam}}.head";

    /// <summary>The prefix of the component.</summary>
    public string KeyPrefix => _prefix;

    public async Task<SidecarDouble> StartAsync(SidecarDoubleOptions? options = null)
    {
        var component = await ComponentAsync();
        var sidecar = await SidecarDouble.StartAsync(
            component, (options ?? new SidecarDoubleOptions()) with { KeyPrefix = _prefix });
        _parts.Add(sidecar);
        return sidecar;
    }

    /// <summary>The server behind every sidecar's back.</summary>
    public async Task<IStateComponent> ComponentAsync()
    {
        var component = await servers.ComponentAsync(server);
        _parts.Add(component);
        return component;
    }

    public static DaprJournalSettings Settings(SidecarDouble sidecar) => new()
    {
        Endpoint = sidecar.Endpoint,
        StateStore = "journal",
        Name = "ipam",
        Origin = Origin,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }
    }
}
