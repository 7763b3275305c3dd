using Broker.SystemTests.Dapr;
using Xunit;

namespace Broker.SystemTests.RealDapr;

/// <summary>Asks a real sidecar and the double the same, and prints where they differ.</summary>
[Collection(StoreServersGroup.Name)]
public sealed class RealSidecarProbesTest(StoreServers servers)
{
    [Theory]
    [InlineData(StoreServer.Redis)]
    [InlineData(StoreServer.Postgres)]
    public async Task Statuses_of_the_double_are_those_of_a_real_sidecar_on_one_of_its_stores(StoreServer server)
    {
        RealSidecar.Require();
        await using var sidecars = new Sidecars(servers, server);
        using var ofDouble = new SidecarProbes((await sidecars.StartAsync()).Endpoint, "journal");
        using var ofReal = new SidecarProbes(RealSidecar.Endpoint!, RealSidecar.StateStore);
        var expected = await ofDouble.RunAsync();
        var found = await ofReal.RunAsync();
        foreach (var (question, answer) in found.Where(pair => pair.Value != expected[pair.Key]))
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{server}: {question}: the sidecar says {answer}, the double {expected[question]}");
        }

        Assert.Equal(expected.Keys, found.Keys);
    }
}
