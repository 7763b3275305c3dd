using System.Text.Json.Nodes;
using Broker.Contracts.Pools;
using Broker.Testing.Servers;
using Broker.Tests.Server;
using Xunit;

namespace Broker.Tests.Cni;

/// <summary>The plugin against a whole broker, over real mutual TLS.</summary>
public sealed class PluginFlowTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>, IDisposable
{
    private readonly PluginRig _rig = new();

    private TestBroker Broker => fixture.Broker;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_pod_gets_both_families_with_its_labels_and_gives_them_back()
    {
        var node = await StartAsync("cni-flow", "10.60.0.0/16", "fd60::/64");

        var added = await _rig.AddAsync(
            "c1", ("CNI_ARGS", "IgnoreUnknown=1;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-0;K8S_POD_UID=u1;X=y"));
        var held = (await node.Api.ListLeasesAsync(Cancellation)).OrThrow().Leases;
        var again = await _rig.AddAsync("c1");
        _rig.Config["prevResult"] = JsonNode.Parse(added.Output);
        var check = await _rig.RunAsync("CHECK", "c1");
        var (del, twice, unknown) =
            (await _rig.DelAsync("c1"), await _rig.DelAsync("c1"), await _rig.DelAsync("never-seen"));
        var gone = await _rig.RunAsync("CHECK", "c1");

        Assert.Equal(["10.60.0.2/26", "fd60::2/122"], added.Addresses);
        Assert.Equal("10.60.0.1", added.Json.GetProperty("ips")[0].GetProperty("gateway").GetString());
        Assert.Equal(["10.60.0.2", "fd60::2"], held.Select(lease => lease.Address));
        Assert.All(held, lease => Assert.Equal(new("shop", "web-0", "u1"), lease.Pod));
        Assert.Equal(102, again.Code);
        Assert.Equal((0, 0, 0, 0), (check.ExitCode, del.ExitCode, twice.ExitCode, unknown.ExitCode));
        Assert.Equal(104, gone.Code);
        Assert.Empty((await node.Api.ListLeasesAsync(Cancellation)).OrThrow().Leases);
    }

    [Fact]
    public async Task A_container_id_that_comes_again_after_two_DELs_gets_an_address()
    {
        _ = await StartAsync("cni-again", "10.61.0.0/16");

        Assert.Equal(0, (await _rig.AddAsync("c1")).ExitCode);
        Assert.Equal(0, (await _rig.DelAsync("c1")).ExitCode);
        Assert.Equal(0, (await _rig.DelAsync("c1")).ExitCode);

        Assert.Equal(0, (await _rig.AddAsync("c1")).ExitCode);
    }

    [Fact]
    public async Task A_release_that_was_kept_while_the_broker_was_away_is_told_when_it_is_back()
    {
        await using var broker = await TestBroker.StartAsync();
        var node = await StartAsync("cni-away", broker, "10.62.0.0/16");
        _rig.Ipam["timeoutSeconds"] = 1;
        Assert.Equal(0, (await _rig.AddAsync("c1")).ExitCode);
        await broker.StopAsync();

        var (del, add) = (await _rig.DelAsync("c1"), await _rig.AddAsync("c2"));
        await broker.StartAgainAsync();
        _rig.Ipam["timeoutSeconds"] = 10;
        var later = await _rig.AddAsync("c3");

        Assert.Equal((0, 11), (del.ExitCode, add.Code));
        Assert.Contains(broker.AddressOf(TestListener.Node).Authority, add.Text, StringComparison.Ordinal);
        Assert.Contains("Connection refused", add.Text, StringComparison.Ordinal);
        Assert.Equal(0, later.ExitCode);
        Assert.Empty(_rig.Releases);
        Assert.Equal("c3", Assert.Single((await node.Api.ListLeasesAsync(Cancellation)).OrThrow().Leases).ContainerId);
    }

    [Fact]
    public async Task An_ADD_waits_out_a_restart_of_the_broker()
    {
        await using var broker = await TestBroker.StartAsync();
        _ = await StartAsync("cni-restart", broker, "10.63.0.0/16");
        _rig.Ipam["timeoutSeconds"] = 30;
        await broker.StopAsync();

        var adding = _rig.AddAsync("c1");
        Assert.False(adding.IsCompleted);
        await broker.StartAgainAsync();

        Assert.Equal(0, (await adding).ExitCode);
    }

    [Fact]
    public async Task Who_is_not_trusted_and_whom_we_do_not_trust_is_told_without_waiting()
    {
        var node = await StartAsync("cni-trust", "10.65.0.0/16");
        _rig.Ipam["timeoutSeconds"] = 60;
        var good = _rig.Ipam["caFile"]!.GetValue<string>();

        _rig.Ipam["caFile"] = _rig.Folder.Write("node-ca.pem", node.Pem());
        var otherCa = await _rig.AddAsync("c1");
        _rig.Ipam["caFile"] = good;
        node.Forge();
        _rig.PointTo(Broker, node);
        var forged = await _rig.AddAsync("c1");

        Assert.Equal(105, otherCa.Code);
        Assert.Contains("ipam.caFile", otherCa.Text, StringComparison.Ordinal);
        Assert.Equal(100, forged.Code);
        Assert.Contains("unwitnessed", forged.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("caFile", "", 6)]
    [InlineData("certificateFile", "no PEM", 6)]
    [InlineData("certificateFile", null, 5)]
    public async Task Files_that_cannot_be_used_are_named(string key, string? content, int code)
    {
        _rig.PointTo(Broker, await Broker.EnrolNodeAsync($"cni-files-{code}-{content?.Length ?? 99}"));
        _rig.Ipam[key] = content is null ? _rig.Folder["nowhere"] : _rig.Folder.Write("file.pem", content);

        var outcome = await _rig.AddAsync("c1");

        Assert.Equal(code, outcome.Code);
        Assert.Contains($"ipam.{key}", outcome.Text, StringComparison.Ordinal);
    }

    private Task<TestNode> StartAsync(string name, params string[] cidrs) => StartAsync(name, Broker, cidrs);

    private async Task<TestNode> StartAsync(string name, TestBroker broker, params string[] cidrs)
    {
        var pools = new JsonArray();
        foreach (var cidr in cidrs)
        {
            var pool = $"{name}-{pools.Count}";
            var block = cidr.Contains(':', StringComparison.Ordinal) ? 122 : 26;
            _ = await broker.Operator.DefinePoolAsync(pool, new PoolDefinition(cidr, block, Open: true), Cancellation);
            pools.Add(pool);
        }

        _rig.Ipam["pools"] = pools;
        var node = await broker.EnrolNodeAsync(name);
        _rig.PointTo(broker, node);
        return node;
    }
}
