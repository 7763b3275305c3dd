using Broker.Cni.Brokers;
using Broker.Cni.Files;
using Xunit;

namespace Broker.Tests.Cni;

/// <summary>DEL and its spool: what is not told today is told later, and never in the wrong order.</summary>
public sealed class DelTest : IDisposable
{
    private readonly PluginRig _rig = new();

    public DelTest() => _rig.Ipam["timeoutSeconds"] = 1;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_release_that_nobody_answers_is_kept_and_succeeds()
    {
        var outcome = await DelAsync(new ScriptedBroker().Silent(1000), "c1");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("kept for a later exec", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("\"containerId\":\"c1\"", File.ReadAllText(Assert.Single(_rig.Releases)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twice_is_kept_once()
    {
        _ = await DelAsync(Down(), "c1");
        _ = await DelAsync(Down(), "c1");

        Assert.Single(_rig.Releases);
    }

    [Theory]
    [InlineData("node_fenced", 403)]
    [InlineData("certificate_expired", 403)]
    [InlineData("internal", 500)]
    [InlineData("not_the_broker", 502)]
    public async Task A_refusal_does_not_keep_a_pod_from_ending(string code, int status)
    {
        var outcome = await DelAsync(new ScriptedBroker().Refuses(code, status), "c1");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Single(_rig.Releases);
    }

    [Fact]
    public async Task What_the_broker_can_never_know_of_is_not_kept()
    {
        var outcome = await DelAsync(new ScriptedBroker().Refuses("invalid_field", 400), "c1");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(_rig.Releases);
    }

    [Fact]
    public async Task Nor_do_files_that_cannot_be_read()
    {
        _rig.Broker = null;

        Assert.Equal(0, (await _rig.DelAsync("c1")).ExitCode);
        Assert.Single(_rig.Releases);
    }

    [Fact]
    public async Task Where_nothing_can_be_kept_either_it_fails_and_says_both()
    {
        _rig.Ipam["stateDir"] = _rig.Folder.Write("a-file", "");

        var outcome = await DelAsync(Down(), "c1");

        Assert.Equal(11, outcome.Code);
        Assert.Contains("(stopping)", outcome.Text, StringComparison.Ordinal);
        Assert.Contains("cannot be kept", outcome.Text, StringComparison.Ordinal);
        Assert.Contains("ipam.stateDir", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_exec_of_any_attachment_tells_what_was_kept()
    {
        _ = await DelAsync(Down(), "c1");
        var broker = new ScriptedBroker();

        _ = await AddAsync(broker, "c2");

        Assert.Equal(["release c1"], broker.Asked.Skip(1));
        Assert.Empty(_rig.Releases);
    }

    [Fact]
    public async Task One_exec_tells_a_few_and_the_next_ones_the_rest()
    {
        for (var i = 0; i < 11; i++)
        {
            _ = await DelAsync(Down(), $"c{i}");
        }

        var (first, second) = (new ScriptedBroker(), new ScriptedBroker());
        _ = await AddAsync(first, "x");
        _ = await DelAsync(second, "x");

        Assert.Equal((9, 4), (first.Asked.Count, second.Asked.Count));
        Assert.Empty(_rig.Releases);
    }

    [Fact]
    public async Task What_is_not_answered_stays_and_the_exec_that_tried_succeeds()
    {
        _ = await DelAsync(Down(), "c1");
        var broker = new ScriptedBroker().ThenRefuses(1, "node_fenced", 403);

        var outcome = await AddAsync(broker, "c2");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("release c1", broker.Asked);
        Assert.Single(_rig.Releases);
    }

    [Fact]
    public async Task A_grant_comes_after_the_kept_release_of_its_attachment()
    {
        _ = await DelAsync(Down(), "c1");
        var broker = new ScriptedBroker { Held = Holding("c1") };

        var outcome = await AddAsync(broker, "c1");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(["list", "release c1"], broker.Asked.Take(2));
        Assert.StartsWith("grant ", broker.Asked[2], StringComparison.Ordinal);
        Assert.Empty(_rig.Releases);
    }

    [Fact]
    public async Task A_kept_release_of_what_was_never_granted_is_dropped_because_it_would_refuse_the_grant()
    {
        _ = await DelAsync(Down(), "c1");
        var broker = new ScriptedBroker();

        Assert.Equal(0, (await AddAsync(broker, "c1")).ExitCode);
        Assert.DoesNotContain("release c1", broker.Asked);
        Assert.Empty(_rig.Releases);
    }

    [Fact]
    public async Task Where_the_kept_release_is_not_answered_nothing_is_granted()
    {
        _ = await DelAsync(Down(), "c1");
        var broker = new ScriptedBroker { Held = Holding("c1") };
        _ = broker.Refuses("node_fenced", 403);

        var outcome = await AddAsync(broker, "c1");

        Assert.Equal(100, outcome.Code);
        Assert.Contains("must come first", outcome.Text, StringComparison.Ordinal);
        Assert.Single(_rig.Releases);
    }

    [Fact]
    public async Task While_another_exec_tells_the_releases_a_grant_of_the_same_attachment_waits()
    {
        _ = await DelAsync(Down(), "c1");
        var broker = new ScriptedBroker();
        using (var other = FileLock.TryTake(Path.Combine(_rig.Spool, "lock")))
        {
            Assert.NotNull(other);
            var refused = await AddAsync(broker, "c1");
            var unconcerned = await AddAsync(broker, "c2");
            Assert.Equal((11, 0), (refused.Code, unconcerned.Code));
            Assert.DoesNotContain("release c1", broker.Asked);
        }

        Assert.Equal(0, (await AddAsync(broker, "c1")).ExitCode);
    }

    [Fact]
    public async Task A_release_that_is_answered_takes_an_older_one_along()
    {
        _ = await DelAsync(Down(), "c1");
        var broker = new ScriptedBroker();

        _ = await DelAsync(broker, "c1");

        Assert.Equal(["release c1"], broker.Asked);
        Assert.Empty(_rig.Releases);
    }

    [Fact]
    public async Task Releases_for_another_broker_are_left_to_its_own_execs()
    {
        _ = await DelAsync(Down(), "c1");
        _rig.Ipam["server"] = "https://127.0.0.1:2";
        var broker = new ScriptedBroker();

        _ = await AddAsync(broker, "c2");

        Assert.Single(broker.Asked);
        Assert.Single(_rig.Releases);
    }

    [Fact]
    public async Task A_damaged_file_is_set_aside_and_harms_nobody()
    {
        _ = await DelAsync(Down(), "c1");
        File.WriteAllText(_rig.Releases[0], "");
        _ = await DelAsync(Down(), "c2");
        var broker = new ScriptedBroker();

        _ = await AddAsync(broker, "c3");

        Assert.Equal(["release c2"], broker.Asked.Skip(1));
        Assert.Empty(_rig.Releases);
        Assert.Single(Directory.GetFiles(_rig.Spool, "*.aside"));
    }

    [Fact]
    public async Task CHECK_of_a_released_attachment_fails_though_the_broker_does_not_know_it_yet()
    {
        _ = await DelAsync(Down(), "c1");
        _rig.Broker = new ScriptedBroker { Held = Holding("c1") };
        _rig.Config["prevResult"] = System.Text.Json.Nodes.JsonNode.Parse("""{"ips":[{"address":"10.0.0.2/24"}]}""");

        Assert.Equal(104, (await _rig.RunAsync("CHECK")).Code);
    }

    private static ScriptedBroker Down() => new ScriptedBroker().Refuses("stopping", 503, 60);

    private static HeldLeases Holding(string container) => new(
        [new HeldLease("10.0.0.2", new AttachmentName("pods", container, "eth0"), DateTimeOffset.UnixEpoch)], false);

    private Task<PluginOutcome> DelAsync(ScriptedBroker broker, string container)
    {
        _rig.Broker = broker;
        return _rig.DelAsync(container);
    }

    private Task<PluginOutcome> AddAsync(ScriptedBroker broker, string container)
    {
        _rig.Broker = broker;
        return _rig.AddAsync(container);
    }
}
