using System.Net.Sockets;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Hosting;

public sealed class OpenConnectionsTest
{
    [Fact]
    public async Task The_enrol_listener_closes_the_newest_connection_beyond_its_limit()
    {
        await using var broker = await TestBroker.StartAsync(new TestBrokerPlan
        {
            Settings = new Dictionary<string, string?> { ["limits:enrolConnectionsMax"] = "2" },
        });
        using var first = await OpenAsync(broker);
        using var second = await OpenAsync(broker);
        using (var third = await OpenAsync(broker))
        {
            Assert.True(await IsClosedAsync(third));
        }

        // The place of one that has gone is free again.
        first.Dispose();
        await Eventually.HoldsAsync(
            "a further connection is kept open",
            async () =>
            {
                using var next = await OpenAsync(broker);
                return !await IsClosedAsync(next);
            },
            TimeSpan.FromSeconds(20));
    }

    private static async Task<TcpClient> OpenAsync(TestBroker broker)
    {
        var address = broker.AddressOf(TestListener.Enrol);
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        return client;
    }

    // Nothing was sent, so a connection that is kept has nothing to say; one that is closed says so at once.
    private static async Task<bool> IsClosedAsync(TcpClient client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], patience.Token) == 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
