using System.Text.Json.Nodes;
using Broker.Testing;
using Broker.Testing.Namespaces;
using Grpc.Core;
using Xunit;

namespace Broker.SystemTests.Cni.Containerd;

/// <summary>containerd calls the chain for a pod's sandbox, as it does for a kubelet.</summary>
public sealed class ContainerdTest
{
    [Fact]
    public async Task A_sandbox_has_the_address_that_the_broker_leased_to_its_pod_and_gives_it_back()
    {
        await using var world = await StartWorldAsync();
        await using var bridge = new BridgeDevice();
        await using var containerd = await RunningContainerd.StartAsync(
            path => WriteNetwork(path, world, bridge, "four", "six"));

        var sandbox = await containerd.RunAsync("shop", "web-0");
        var addresses = await containerd.AddressesAsync(sandbox);
        var held = await world.LeasesAsync();
        await containerd.RemoveAsync(sandbox);

        Assert.Equal(held.Select(lease => lease.Address).Order(), addresses.Order());
        Assert.Equal(2, held.Count);
        Assert.All(held, lease => Assert.Equal(new("shop", "web-0", "uid-web-0"), lease.Pod));
        Assert.All(held, lease => Assert.Equal(sandbox, lease.ContainerId));
        Assert.Empty(await world.LeasesAsync());
    }

    [Fact]
    public async Task A_sandbox_that_gets_no_address_fails_with_what_happened_and_what_to_do()
    {
        await using var world = await StartWorldAsync();
        await using var bridge = new BridgeDevice();
        await using var containerd = await RunningContainerd.StartAsync(
            path => WriteNetwork(path, world, bridge, "nowhere"));

        var error = await Assert.ThrowsAsync<RpcException>(() => containerd.RunAsync("shop", "web-0"));

        Assert.Contains("(pool_unknown); List the pools", error.Status.Detail, StringComparison.Ordinal);
        Assert.Empty(await world.LeasesAsync());
    }

    private static Task<CniWorld> StartWorldAsync()
    {
        Requires.Root();
        Requires.Command("containerd", "containerd");
        Requires.Command("runc", "runc");
        Requires.That(
            File.Exists(SandboxImage.Busybox), "busybox is missing; install it with: apt-get install busybox-static");
        return CniWorld.StartAsync();
    }

    private static void WriteNetwork(string path, CniWorld world, BridgeDevice bridge, params string[] pools)
    {
        var plugin = world.Config("pods", "bridge", pools);
        _ = plugin.Remove("cniVersion");
        _ = plugin.Remove("name");
        plugin["bridge"] = bridge.Name;
        plugin["isGateway"] = true;
        File.WriteAllText(path, new JsonObject
        {
            ["cniVersion"] = "1.0.0",
            ["cniVersions"] = new JsonArray("0.4.0", "1.0.0", "1.1.0"),
            ["name"] = "pods",
            ["plugins"] = new JsonArray(plugin),
        }.ToJsonString());
    }
}
