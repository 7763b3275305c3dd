using Broker.Core.Names;
using Broker.Kubernetes.Pods;
using Broker.Server.Cluster.Pods;
using Broker.Tests.Core;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Server.Cluster.Pods;

/// <summary>The index of leases that name a pod follows the journal, from its first event on.</summary>
public sealed class PodLeasesTest
{
    private readonly FakeTimeProvider _time = new();
    private readonly World _world = new();

    [Fact]
    public void What_is_live_and_names_a_pod_is_there_and_nothing_else()
    {
        _ = _world.Define(World.Pool("pods", "10.0.0.0/24", 26));
        var node = _world.Admit("node-a");
        var kept = _world.Grant(node, "kept");
        _ = _world.Grant(node, "released");
        _ = _world.Release(node, "released");
        _ = _world.Run(World.Reclaim(_world.Grant(node, "reclaimed")));
        _ = _world.Run(_world.Lease(node, "bare") with { Pod = PodIdentity.None });
        _ = _world.Run(_world.Lease(node, "nameless") with { Pod = new PodIdentity("ns", string.Empty, "uid") });
        _ = _world.Release(node, "bare");
        var leases = new PodLeases(_time);

        leases.OnDurable(0, _world.Facts);

        var lease = Assert.Single(leases.Read());
        Assert.Equal(
            (kept.Position, kept.Node, kept.Attachment, new PodKey("default", "pod-kept"), kept.Pod.Uid),
            (lease.Position, lease.Node, lease.Attachment, lease.Pod, lease.Uid));
        Assert.Equal(_time.GetTimestamp(), lease.Known);
    }
}
