using Broker.Kubernetes.Client;
using Broker.Kubernetes.Leaks;
using Broker.Kubernetes.Pods;
using Xunit;

namespace Broker.Tests.Kubernetes.Leaks;

/// <summary>What never ends a lease, however long it lasts: each of these is an address that a live pod uses.</summary>
public sealed class LiveLeaseTest
{
    private const int Long = 3_600;
    private readonly LeakWorld _world = new();

    [Fact]
    public async Task A_pod_that_runs()
    {
        _ = _world.Run("web");
        await _world.ListAsync();

        await NothingAsync();
        Assert.Equal(0, _world.Api.Reads);
    }

    [Fact]
    public async Task A_pod_that_is_younger_than_the_list()
    {
        await _world.ListAsync();
        _ = _world.Run("new"); // The watch is behind, and stays so.

        await NothingAsync();
        Assert.Equal(0, _world.Leaks.Suspected);
    }

    [Fact]
    public async Task A_pod_that_a_truncated_list_lacks()
    {
        var (pod, _) = _world.Run("web");
        _ = _world.Api.Pods.Remove(pod.Key);
        await _world.ListAsync();
        _world.Api.Pods[pod.Key] = pod;

        await NothingAsync();
    }

    [Fact]
    public async Task A_pod_whose_delete_event_was_somebody_elses()
    {
        var (pod, _) = _world.Run("web");
        await _world.ListAsync();
        await _world.SweepAsync();
        await _world.ChangeAsync(ChangeKind.Deleted, pod with { Uid = Guid.NewGuid().ToString() });
        Assert.NotNull(_world.Pods.Find(pod.Key));

        await _world.ChangeAsync(ChangeKind.Deleted, pod); // And a lie, which the API server does not repeat.
        await NothingAsync();
    }

    [Fact]
    public async Task A_pod_that_is_gone_while_the_API_server_is_away()
    {
        var (pod, _) = _world.Run("web");
        await _world.ListAsync();
        await _world.SweepAsync();
        await _world.DeleteAsync(pod);
        await _world.SweepAsync();
        _world.Api.Failure = new HttpRequestException("connection refused");

        await NothingAsync();
        Assert.NotEmpty(_world.Failures);

        _world.Api.Failure = null;
        await _world.SweepAsync();
        Assert.Single(_world.Reclaims); // And once it can be asked, it is gone.
    }

    [Fact]
    public async Task A_pod_that_was_never_on_any_list_of_this_process()
    {
        _ = _world.Lease("web", Guid.NewGuid().ToString());

        await NothingAsync();
    }

    [Fact]
    public async Task A_pod_on_a_node_whose_kubelet_is_not_heard()
    {
        var (pod, _) = _world.Run("web");
        await _world.ListAsync();
        await _world.SweepAsync();
        await _world.DeleteAsync(pod); // By force, or by the control plane: the kubelet does not know.
        _world.Api.Nodes["node-a"] = new NodeContact(LeakWorld.NodeUidText, false);

        await NothingAsync();
    }

    [Fact]
    public async Task A_pod_on_a_Node_that_is_gone_or_another_one()
    {
        var (pod, _) = _world.Run("web");
        await _world.ListAsync();
        await _world.SweepAsync();
        await _world.DeleteAsync(pod);
        _world.Api.Nodes["node-a"] = new NodeContact("node-uid-2", true);
        await NothingAsync();

        _ = _world.Api.Nodes.Remove("node-a");
        await NothingAsync();
    }

    [Fact]
    public async Task A_failed_pod_that_the_API_server_still_calls_running()
    {
        var (pod, _) = _world.Run("web");
        await _world.ListAsync();
        await _world.ChangeAsync(ChangeKind.Present, pod with { Phase = PodPhase.Failed });

        await NothingAsync();
    }

    [Fact]
    public async Task A_static_pod_whose_mirror_has_a_UID_of_its_own()
    {
        var mirror = LeakWorld.Pod("proxy-node-a") with { StaticUid = "0123456789abcdef0123456789abcdef" };
        _world.Api.Pods[mirror.Key] = mirror;
        _ = _world.Lease("proxy-node-a", mirror.StaticUid);
        await _world.ListAsync();
        await NothingAsync();

        await _world.DeleteAsync(mirror); // kubectl delete: the static pod does not notice.
        await NothingAsync();
    }

    [Fact]
    public async Task A_static_pod_without_a_mirror()
    {
        _ = _world.Lease("proxy-node-a", "0123456789abcdef0123456789abcdef");
        await _world.ListAsync();

        await NothingAsync();
        Assert.Equal(0, _world.Leaks.Suspected);
    }

    [Fact]
    public async Task A_static_pod_with_a_UID_that_looks_like_any_other_once_its_mirror_was_seen()
    {
        var own = Guid.NewGuid().ToString();
        var mirror = LeakWorld.Pod("proxy-node-a") with { StaticUid = own };
        _world.Api.Pods[mirror.Key] = mirror;
        _ = _world.Lease("proxy-node-a", own);
        await _world.ListAsync();
        await _world.SweepAsync();
        await _world.DeleteAsync(mirror);

        await NothingAsync();
    }

    [Fact]
    public async Task A_pod_that_the_node_called_by_another_name()
    {
        var pod = LeakWorld.Pod("web");
        _world.Api.Pods[pod.Key] = pod;
        _ = _world.Lease("other", pod.Uid);
        await _world.ListAsync();

        await NothingAsync();
    }

    [Fact]
    public async Task The_pods_of_a_cluster_when_the_API_server_is_that_of_another()
    {
        for (var i = 0; i < 20; i++)
        {
            _ = _world.Run($"web-{i}");
        }

        _world.Api.Pods.Clear();
        await _world.ListAsync();

        await NothingAsync();
        Assert.Equal("pods_vanished", Assert.Single(_world.Warnings).Code);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", true)]
    [InlineData("", true)]
    [InlineData("uid-1", true)]
    [InlineData("{6f0c5f0e-0001-4000-8000-000000000001}", true)]
    [InlineData("6f0c5f0e-0001-4000-8000-000000000001", false)]
    public void A_UID_of_no_API_server_may_be_a_static_pods(string uid, bool expected) =>
        Assert.Equal(expected, StaticPods.MayBe(uid));

    private async Task NothingAsync()
    {
        await _world.SweepAsync();
        await _world.PassAsync(Long);
        Assert.Empty(_world.Reclaims);
        Assert.NotEmpty(_world.Leases());
    }
}
