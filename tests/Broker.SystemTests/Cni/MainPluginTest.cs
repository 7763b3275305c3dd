using System.Text.Json.Nodes;
using Broker.Testing;
using Broker.Testing.Namespaces;
using Xunit;

namespace Broker.SystemTests.Cni;

/// <summary>Debian's main plugins call ours by its name; what comes of it carries packets.</summary>
public sealed class MainPluginTest
{
    [Fact]
    public async Task Two_namespaces_on_a_bridge_reach_each_other_over_both_families()
    {
        Requires.Root();
        Requires.Command("ip", "iproute2");
        await using var world = await CniWorld.StartAsync();
        await using var bridge = new BridgeDevice();
        await using var one = await NetworkNamespace.CreateAsync();
        await using var other = await NetworkNamespace.CreateAsync();
        var config = Bridge(world, bridge);

        var first = await AddAsync(world, config, "pod-1", one);
        var second = await AddAsync(world, config, "pod-2", other);
        await one.SettleAsync("eth0");
        await other.SettleAsync("eth0");

        Assert.All(second.Addresses, address => Assert.DoesNotContain(address, first.Addresses));
        foreach (var (from, addresses) in new[] { (one, second.Addresses), (other, first.Addresses) })
        {
            Assert.Equal(2, addresses.Count);
            Assert.True(await from.PingAsync(addresses[0]), $"{from.Name} does not reach {addresses[0]}");
            Assert.True(await from.PingAsync(addresses[1]), $"{from.Name} does not reach {addresses[1]}");
        }

        var held = await world.LeasesAsync();
        Assert.Equal(
            first.Addresses.Concat(second.Addresses).Order(), held.Select(lease => lease.Address).Order());
        Assert.Equal(["pod-1", "pod-2"], held.Select(lease => lease.Pod.Name).Distinct().Order());

        await DelAsync(world, config, "pod-1", one);
        await DelAsync(world, config, "pod-2", other);
        Assert.Empty(await world.LeasesAsync());
    }

    [Fact]
    public async Task A_namespace_may_be_on_two_networks_with_pools_of_their_own()
    {
        Requires.Root();
        Requires.Command("ip", "iproute2");
        await using var world = await CniWorld.StartAsync();
        await using var bridge = new BridgeDevice();
        await using var pod = await NetworkNamespace.CreateAsync();
        var (first, second) = (Bridge(world, bridge), world.Config("second", "ptp", "second"));

        var eth0 = await AddAsync(world, first, "pod-1", pod);
        var eth1 = await world.CallAsync("ADD", second, "pod-1", pod.Path, "eth1");
        Assert.True(eth1.ExitCode == 0, eth1.Output + eth1.Errors);

        Assert.Equal(2, eth0.Addresses.Count);
        Assert.StartsWith("10.72.", Assert.Single(eth1.Addresses), StringComparison.Ordinal);
        Assert.True(await pod.PingAsync(Gateway(eth1)), "the far end of the pair does not answer");
        Assert.Equal(
            ["pods", "pods", "second"], (await world.LeasesAsync()).Select(lease => lease.Network).Order());

        await DelAsync(world, first, "pod-1", pod);
        Assert.Equal("second", Assert.Single(await world.LeasesAsync()).Network);
        Assert.Equal(0, (await world.CallAsync("DEL", second, "pod-1", pod.Path, "eth1")).ExitCode);
        Assert.Empty(await world.LeasesAsync());
    }

    [Fact]
    public async Task CHECK_goes_through_and_finds_a_lease_that_is_gone()
    {
        Requires.Root();
        Requires.Command("ip", "iproute2");
        await using var world = await CniWorld.StartAsync();
        await using var bridge = new BridgeDevice();
        await using var pod = await NetworkNamespace.CreateAsync();
        var config = Bridge(world, bridge);
        var added = await AddAsync(world, config, "pod-1", pod);
        config["prevResult"] = JsonNode.Parse(added.Output);

        var good = await world.CallAsync("CHECK", config, "pod-1", pod.Path);
        Assert.True(good.ExitCode == 0, good.Output + good.Errors);
        Assert.Equal(0, (await world.CallOursAsync("DEL", config, "pod-1")).ExitCode);

        Assert.Equal(104, (await world.CallAsync("CHECK", config, "pod-1", pod.Path)).Code);
        await DelAsync(world, config, "pod-1", pod);
    }

    [Fact]
    public async Task An_error_of_ours_comes_out_of_the_main_plugin_with_code_and_text()
    {
        Requires.Root();
        Requires.Command("ip", "iproute2");
        await using var world = await CniWorld.StartAsync();
        await using var bridge = new BridgeDevice();
        await using var pod = await NetworkNamespace.CreateAsync();
        var (tiny, nowhere, odd) = (
            Bridge(world, bridge, "tiny"), Bridge(world, bridge, "nowhere"), Bridge(world, bridge));
        odd["ipam"]!["servr"] = "x";
        _ = await world.CallOursAsync("ADD", tiny, "taken");

        var (full, unknown, unsupported) = (
            await world.CallAsync("ADD", tiny, "pod-1", pod.Path),
            await world.CallAsync("ADD", nowhere, "pod-1", pod.Path, "eth1"),
            await world.CallAsync("ADD", odd, "pod-1", pod.Path, "eth2"));

        Assert.Equal((101, 103, 2), (full.Code, unknown.Code, unsupported.Code));
        Assert.Contains("pool_unknown", unknown.Json.GetProperty("msg").GetString(), StringComparison.Ordinal);
        Assert.Contains("ipam.servr", unsupported.Json.GetProperty("msg").GetString(), StringComparison.Ordinal);
        Assert.Equal("taken", Assert.Single(await world.LeasesAsync()).ContainerId);
    }

    private static JsonObject Bridge(CniWorld world, BridgeDevice bridge, params string[] pools)
    {
        var config = world.Config("pods", "bridge", pools);
        config["bridge"] = bridge.Name;
        config["isGateway"] = true;
        return config;
    }

    private static string Gateway(PluginCall added) =>
        added.Json.GetProperty("ips")[0].GetProperty("gateway").GetString()!;

    private static async Task<PluginCall> AddAsync(
        CniWorld world, JsonObject config, string container, NetworkNamespace pod)
    {
        var added = await world.CallAsync("ADD", config, container, pod.Path);
        Assert.True(added.ExitCode == 0, added.Output + added.Errors);
        return added;
    }

    private static async Task DelAsync(CniWorld world, JsonObject config, string container, NetworkNamespace pod)
    {
        var deleted = await world.CallAsync("DEL", config, container, pod.Path);
        Assert.True(deleted.ExitCode == 0, deleted.Output + deleted.Errors);
    }
}
