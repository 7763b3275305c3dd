using Broker.Server.Hosting;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Hosting;

public sealed class KeyMaterialTest
{
    [Fact]
    public async Task One_CA_for_nodes_and_people_refuses_start()
    {
        await using var broker = await TestBroker.StartAsync();
        await broker.StopAsync();
        var pki = Path.Combine(broker.Folder, "pki");
        File.Copy(Path.Combine(pki, "node-ca.crt"), Path.Combine(pki, "operator-ca.crt"), overwrite: true);

        var failure = await Assert.ThrowsAsync<StartFailureException>(broker.StartAgainAsync);

        Assert.Equal("trust_anchors", failure.Code);
    }
}
