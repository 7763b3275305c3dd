using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server;

/// <summary>One broker for all tests of a class; they keep apart by names and CIDRs of their own.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    public TestBroker Broker { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Broker = await TestBroker.StartAsync();

    public ValueTask DisposeAsync() => Broker.DisposeAsync();
}
