using Broker.Testing.Clusters;
using Broker.Testing.Processes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Server.Cluster.Pods;

/// <summary>A whole broker whose node forgets to release: the address comes back, and the history says why.</summary>
public sealed class LeakRecoveryTest
{
    // Shorter than the deadline of a read, so that a step of the clock cancels none that is answered at once.
    private static readonly TimeSpan step = TimeSpan.FromSeconds(4);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missed_release_is_made_good_and_what_comes_late_changes_nothing()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ClusterWorld.StartAsync(time: time);
        _ = (await world.Broker.Operator.DefinePoolAsync(
            "pods", new("10.64.0.0/16", Open: true), Cancellation)).OrThrow();
        var (_, node, _) = await world.JoinAsync("n1");
        var (stays, goes) = (new FakePod("default", "stays", "n1"), new FakePod("default", "goes", "n1"));
        var addresses = new List<string>();
        foreach (var pod in (FakePod[])[stays, goes])
        {
            _ = world.Api.PutPod(pod);
            var granted = await node.GrantLeaseAsync(
                new($"ask-{pod.Name}", "net", pod.Name, "eth0", new(pod.Namespace, pod.Name, pod.Uid)), Cancellation);
            addresses.Add(granted.OrThrow().Leases.Single().Address);
        }

        world.Api.DeletePod(goes);
        await Eventually.HoldsAsync(
            "the address is reclaimed",
            async () =>
            {
                time.Advance(step);
                return (await node.ListLeasesAsync(Cancellation)).OrThrow().Leases.Count == 1;
            },
            ClusterWorld.Soon);

        var last = (await world.Broker.Auditor.WhoHoldsAsync(addresses[1], null, Cancellation)).OrThrow().Last!;
        Assert.Equal(("pod_gone", "broker", goes.Uid), (
            last.ReleasedReason, last.ReleasedBy, last.ReleasedEvidence!.Uid));
        Assert.True(last.ReleasedEvidence.ApartSeconds >= 60);
        Assert.Equal("verified", last.PodAssurance);
        var late = (await node.ReleaseLeaseAsync("net", "goes", "eth0", Cancellation)).OrThrow();
        Assert.Empty(late.Released);
        var again = await node.GrantLeaseAsync(new("ask-goes", "net", "goes", "eth0"), Cancellation);
        Assert.Equal("request_ended", again.Problem!.Code);
        Assert.Equal(addresses[0], (await node.ListLeasesAsync(Cancellation)).OrThrow().Leases.Single().Address);
        Assert.Equal(1, (await world.EventsAsync()).Count(type => type == "lease.reclaimed"));
    }
}
