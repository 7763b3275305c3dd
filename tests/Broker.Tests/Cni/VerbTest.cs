using System.Text.Json.Nodes;
using Broker.Cni.Brokers;
using Broker.Cni.Files;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Cni;

/// <summary>ADD, CHECK, GC and STATUS, apart from any network.</summary>
public sealed class VerbTest : IDisposable
{
    private static readonly DateTimeOffset longAgo = DateTimeOffset.UnixEpoch;
    private readonly PluginRig _rig = new();
    private readonly ScriptedBroker _broker = new();

    public VerbTest() => _rig.Broker = _broker;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Each_exec_has_a_request_of_its_own()
    {
        _ = await _rig.AddAsync("c1");
        _ = await _rig.AddAsync("c1");

        Assert.Equal(2, _broker.Asked.Distinct().Count());
    }

    [Fact]
    public async Task A_second_ADD_is_told_to_DEL_first()
    {
        _ = _broker.Refuses("conflict", 409);

        var outcome = await _rig.AddAsync("c1");

        Assert.Equal(102, outcome.Code);
        Assert.Contains("DEL first", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_connection_ends_before_the_exec_does()
    {
        _ = await _rig.AddAsync("c1");

        Assert.True(_broker.Disposed);
    }

    [Fact]
    public async Task While_all_slots_are_taken_an_ADD_waits_and_then_says_why()
    {
        _rig.Ipam["timeoutSeconds"] = 1;
        var slots = Enumerable.Range(0, ConnectionSlots.Count).Select(Slot).ToList();

        var refused = await _rig.AddAsync("c1");
        slots[1].Dispose();
        var granted = await _rig.AddAsync("c1");

        Assert.Equal((11, 0), (refused.Code, granted.Code));
        Assert.Contains("other execs", refused.Text, StringComparison.Ordinal);
        slots.ForEach(slot => slot.Dispose());
    }

    [Fact]
    public async Task Where_no_slot_can_be_made_an_ADD_goes_on_without()
    {
        _rig.Ipam["stateDir"] = _rig.Folder.Write("a-file", "");

        Assert.Equal(0, (await _rig.AddAsync("c1")).ExitCode);
    }

    [Fact]
    public async Task CHECK_is_content_when_prevResult_names_each_lease()
    {
        Hold("c1", "10.0.0.2", longAgo);
        Previous("10.0.0.2/24", "192.168.0.1/24");

        var outcome = await _rig.RunAsync("CHECK");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Output));
    }

    [Fact]
    public async Task CHECK_names_what_prevResult_lacks()
    {
        Hold("c1", "10.0.0.2", longAgo);
        Previous("10.0.0.3/24");

        var outcome = await _rig.RunAsync("CHECK");

        Assert.Equal(104, outcome.Code);
        Assert.Contains("10.0.0.2", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CHECK_fails_for_another_ones_lease_and_without_prevResult()
    {
        Hold("c2", "10.0.0.2", longAgo);
        var without = await _rig.RunAsync("CHECK");
        Previous("10.0.0.2/24");

        Assert.Equal(7, without.Code);
        Assert.Equal(104, (await _rig.RunAsync("CHECK")).Code);
    }

    [Fact]
    public async Task GC_without_a_list_releases_nothing()
    {
        Hold("c1", "10.0.0.2", longAgo);

        var outcome = await GcAsync();

        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(_broker.Asked);
    }

    [Fact]
    public async Task GC_with_an_empty_list_releases_all_of_the_network()
    {
        Hold("c1", "10.0.0.2", longAgo);
        Hold("c2", "10.0.0.3", longAgo);
        Hold("c3", "10.0.0.4", longAgo, "another");
        _rig.Config["cni.dev/valid-attachments"] = new JsonArray();

        _ = await GcAsync();

        Assert.Equal(["list", "release c1", "release c2"], _broker.Asked);
    }

    [Theory]
    [InlineData("cni.dev/valid-attachments")]
    [InlineData("cni.dev/attachments")]
    public async Task GC_leaves_alone_what_is_listed_and_what_is_young(string key)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(1));
        _rig.Clock = clock;
        Hold("listed", "10.0.0.2", longAgo);
        Hold("young", "10.0.0.3", clock.GetUtcNow().AddSeconds(-4));
        Hold("from-the-future", "10.0.0.4", clock.GetUtcNow().AddSeconds(60));
        Hold("old", "10.0.0.5", clock.GetUtcNow().AddSeconds(-5));
        _rig.Config[key] = JsonNode.Parse("""[{"containerID":"listed","ifname":"eth0"}]""");

        _ = await GcAsync();

        Assert.Equal(["list", "release old"], _broker.Asked);
    }

    [Fact]
    public async Task GC_goes_on_after_a_failure_and_names_it()
    {
        Hold("c1", "10.0.0.2", longAgo);
        Hold("c2", "10.0.0.3", longAgo);
        _rig.Config["cni.dev/valid-attachments"] = new JsonArray();
        _ = _broker.ThenRefuses(1, "internal", 500);

        var outcome = await GcAsync();

        Assert.Equal(["list", "release c1", "release c2"], _broker.Asked);
        Assert.Equal(11, outcome.Code);
        Assert.Contains("c1/eth0", outcome.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("c2/eth0", outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("active", 0)]
    [InlineData("quarantined", 50)]
    public async Task STATUS_is_good_for_a_node_that_may_be_granted_something(string standing, int code)
    {
        _rig.Config["cniVersion"] = "1.1.0";
        _broker.Standing = standing;

        Assert.Equal(code, (await _rig.RunAsync("STATUS", "", ("CNI_IFNAME", ""), ("CNI_NETNS", ""))).Code);
    }

    [Fact]
    public async Task STATUS_waits_out_a_short_absence()
    {
        _rig.Config["cniVersion"] = "1.1.0";
        _ = _broker.Silent(2);

        Assert.Equal(0, (await _rig.RunAsync("STATUS")).ExitCode);
        _ = _broker.Refuses("node_fenced", 403);
        Assert.Equal(50, (await _rig.RunAsync("STATUS")).Code);
    }

    private IDisposable Slot(int number)
    {
        var folder = Path.Combine(_rig.Folder["state"], "slots");
        _ = Directory.CreateDirectory(folder);
        return FileLock.TryTake(Path.Combine(folder, $"slot-{number}"))!;
    }

    private Task<PluginOutcome> GcAsync()
    {
        _rig.Config["cniVersion"] = "1.1.0";
        return _rig.RunAsync("GC", "", ("CNI_IFNAME", ""), ("CNI_NETNS", ""));
    }

    private void Hold(string container, string address, DateTimeOffset since, string network = "pods") =>
        _broker.Held = new HeldLeases(
            [.. _broker.Held.Leases, new HeldLease(address, new AttachmentName(network, container, "eth0"), since)],
            false);

    private void Previous(params string[] addresses) => _rig.Config["prevResult"] = new JsonObject
    {
        ["ips"] = new JsonArray([.. addresses.Select(each => new JsonObject { ["address"] = each })]),
    };
}
