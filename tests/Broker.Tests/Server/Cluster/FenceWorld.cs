using Xunit;

namespace Broker.Tests.Server.Cluster;

/// <summary>One broker and one cluster for all tests of fences; each test has nodes of its own.</summary>
public sealed class FenceWorld : IAsyncLifetime
{
    internal ClusterWorld World { get; private set; } = null!;

    public async ValueTask InitializeAsync() => World = await ClusterWorld.StartAsync();

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
