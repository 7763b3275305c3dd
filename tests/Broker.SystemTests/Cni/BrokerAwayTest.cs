using Broker.Testing;
using Broker.Testing.Namespaces;
using Xunit;

namespace Broker.SystemTests.Cni;

/// <summary>The broker's process is killed and comes back while pods come and go.</summary>
public sealed class BrokerAwayTest
{
    [Fact]
    public async Task A_pod_ends_while_the_broker_is_away_and_its_address_is_free_when_it_is_back()
    {
        Requires.Root();
        Requires.Command("ip", "iproute2");
        await using var world = await CniWorld.StartAsync();
        await using var bridge = new BridgeDevice();
        await using var pod = await NetworkNamespace.CreateAsync();
        var config = world.Config("pods");
        config["bridge"] = bridge.Name;
        config["isGateway"] = true;
        config["ipam"]!["timeoutSeconds"] = 2;
        Assert.Equal(0, (await world.CallAsync("ADD", config, "pod-1", pod.Path)).ExitCode);
        await world.KillBrokerAsync();

        var ended = await world.CallAsync("DEL", config, "pod-1", pod.Path);
        var twice = await world.CallAsync("DEL", config, "pod-1", "");
        var refused = await world.CallAsync("ADD", config, "pod-2", pod.Path);

        Assert.Equal((0, 0, 11), (ended.ExitCode, twice.ExitCode, refused.Code));
        Assert.Contains("Connection refused", refused.Output, StringComparison.Ordinal);
        // One for both DELs; bridge calls none for an ADD that its IPAM plugin refused.
        Assert.Single(world.Releases);

        await world.StartBrokerAgainAsync();
        config["ipam"]!["timeoutSeconds"] = 30;
        var added = await world.CallAsync("ADD", config, "pod-3", pod.Path);

        Assert.True(added.ExitCode == 0, added.Output + added.Errors);
        Assert.Empty(world.Releases);
        Assert.Equal(["pod-3", "pod-3"], (await world.LeasesAsync()).Select(lease => lease.ContainerId));
        Assert.Equal(0, (await world.CallAsync("DEL", config, "pod-3", pod.Path)).ExitCode);
    }

    [Fact]
    public async Task An_ADD_that_begins_while_the_broker_is_away_ends_well_when_it_comes_back_in_time()
    {
        await using var world = await CniWorld.StartAsync();
        var config = world.Config("pods");
        config["ipam"]!["timeoutSeconds"] = 60;
        await world.KillBrokerAsync();

        var adding = world.CallOursAsync("ADD", config, "pod-1");
        Assert.False(adding.IsCompleted);
        await world.StartBrokerAgainAsync();
        var added = await adding;

        Assert.True(added.ExitCode == 0, added.Output + added.Errors);
        Assert.Equal(2, (await world.LeasesAsync()).Count);
    }
}
