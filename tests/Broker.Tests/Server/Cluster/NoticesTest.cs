using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Broker.Client;
using Broker.Contracts.Leases;
using Broker.Contracts.Routing;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Server.Cluster;

/// <summary>What <c>kubectl describe</c> says: a whole broker beside an API server that takes Events.</summary>
public sealed class NoticesTest
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pod_without_an_address_is_told_why_and_one_of_another_node_is_not()
    {
        await using var world = await ClusterWorld.StartAsync();
        var (_, api, _) = await ExhaustedAsync(world);
        world.Api.Events.BindPod("default", "mine", "uid-mine", "n1");
        world.Api.Events.BindPod("default", "theirs", "uid-theirs", "n2");

        var mine = await LeaseAsync(api, "mine", "uid-mine");
        _ = await LeaseAsync(api, "theirs", "uid-theirs");

        await HasAsync(world, item => Is(item, "Pod", "mine"));
        await HasAsync(world, item => Is(item, "Node", "n1"));
        var told = world.Api.Events.All.Single(item => Is(item, "Pod", "mine"));
        Assert.Equal(("Warning", "uid-mine"), ((string?)told["type"], (string?)told["involvedObject"]!["uid"]));
        Assert.Contains("No address from Broker", (string?)told["message"], StringComparison.Ordinal);
        Assert.Contains($"brokerctl explain {mine}", (string?)told["message"], StringComparison.Ordinal);
        Assert.DoesNotContain(world.Api.Events.All, item => Is(item, "Pod", "theirs"));
    }

    [Fact]
    public async Task A_fence_and_an_alarm_stand_at_the_Node_and_who_is_refused_at_the_door_names_no_pod()
    {
        await using var world = await ClusterWorld.StartAsync();
        var (_, _, uid) = await ExhaustedAsync(world);
        world.Api.Events.BindPod("default", "mine", "uid-mine", "n1");
        var forger = world.Connect(world.Kubelet("n1").Forge(isDatedBack: false));
        await ClusterWorld.SaysAsync(forger, "unwitnessed");

        Assert.Equal("unwitnessed", await LeaseAsync(forger, "mine", "uid-mine"));
        _ = (await world.Broker.Operator.ChangeStandingAsync(
            ApiRoutes.NodeFence, "n1", new(uid, "test"), Cancellation)).OrThrow();

        await HasAsync(world, item => Is(item, "Node", "n1") && (string?)item["reason"] == "UnwitnessedAlarm");
        await HasAsync(world, item => Is(item, "Node", "n1") && (string?)item["reason"] == "Fenced");
        Assert.DoesNotContain(world.Api.Events.All, item => (string?)item["involvedObject"]!["kind"] == "Pod");
    }

    [Fact]
    public async Task Events_that_may_not_be_written_hold_up_no_answer_and_are_said_once_in_the_log()
    {
        await using var world = await ClusterWorld.StartAsync();
        world.Api.Events.IsForbidden = true;
        var (_, api, _) = await ExhaustedAsync(world);

        for (var i = 0; i < 5; i++)
        {
            _ = await LeaseAsync(api, $"pod-{i}", "");
        }

        await Eventually.HoldsAsync(
            "the log says it",
            () => Task.FromResult(world.Broker.Log.Lines.Any(IsOff)),
            ClusterWorld.Soon);
        Assert.Single(world.Broker.Log.Lines, IsOff);
        Assert.Equal(1, world.Api.Events.Writes);
    }

    private static bool IsOff(string line) =>
        line.Contains("Events of the cluster are off", StringComparison.Ordinal);

    private static bool Is(JsonObject item, string kind, string name) =>
        (string?)item["involvedObject"]!["kind"] == kind && (string?)item["involvedObject"]!["name"] == name;

    private static Task HasAsync(ClusterWorld world, Func<JsonObject, bool> has) => Eventually.HoldsAsync(
        "the Event is there", () => Task.FromResult(world.Api.Events.All.Any(has)), ClusterWorld.Soon);

    /// <summary>A node that has the only address of the only pool.</summary>
    private static async Task<(X509Certificate2 Certificate, NodeApi Api, string Uid)> ExhaustedAsync(
        ClusterWorld world)
    {
        _ = (await world.Broker.Operator.DefinePoolAsync(
            "pods", new("10.60.0.0/30", 30, Open: true), Cancellation)).OrThrow();
        var joined = await world.JoinAsync("n1");
        Assert.Null(await LeaseAsync(joined.Api, "first", ""));
        return joined;
    }

    /// <summary>The code of the refusal; null when there is an address.</summary>
    private static async Task<string?> LeaseAsync(NodeApi api, string pod, string uid) =>
        (await api.GrantLeaseAsync(
            new LeaseRequest(
                $"request-of-{pod}", "pods", $"container-{pod}", "eth0", new PodLabels("default", pod, uid)),
            Cancellation)).Problem?.Code;
}
