using Broker.Core.Names;
using Broker.Kubernetes.Events;
using Xunit;

namespace Broker.Tests.Kubernetes.Events;

public sealed class EventPublisherTest
{
    private static readonly PodIdentity pod = new("default", "web-0", "pod-uid");

    [Fact]
    public async Task A_refusal_for_a_pod_is_an_Event_on_that_pod()
    {
        await using var rig = new PublisherRig();
        rig.Api.Pods[("default", "web-0")] = new BoundPod("pod-uid", "node-a");

        await rig.OfferAndWaitAsync(PublisherRig.NodeA, pod, message: "no free block");

        var written = Assert.Single(rig.Api.Events.Values);
        Assert.Equal(NoticeObject.Pod("default", "web-0", "pod-uid"), written.About);
        Assert.Equal(("default", "PoolExhausted", "no free block", 1), (
            written.Namespace, written.Reason, written.Message, written.Count));
    }

    [Theory]
    [InlineData("pod-uid", "node-b")]
    [InlineData("pod-uid", "")]
    [InlineData("another-uid", "node-a")]
    public async Task A_pod_that_is_not_bound_to_the_asking_node_gets_no_Event_but_that_node_does(
        string uid, string boundTo)
    {
        await using var rig = new PublisherRig();
        rig.Api.Pods[("default", "web-0")] = new BoundPod(uid, boundTo);

        await rig.OfferAndWaitAsync(PublisherRig.NodeA, pod);

        var written = Assert.Single(rig.Api.Events.Values);
        Assert.Equal(NoticeObject.Node("node-a", "uid-a"), written.About);
        Assert.Equal("default", written.Namespace);
    }

    [Fact]
    public async Task A_pod_that_there_is_not_and_a_name_that_no_pod_can_have_are_no_Event_on_a_pod()
    {
        await using var rig = new PublisherRig();

        await rig.OfferAndWaitAsync(PublisherRig.NodeA, pod);
        await rig.OfferAndWaitAsync(PublisherRig.NodeA, new PodIdentity("default", "../secrets/x", ""));

        Assert.Equal(NoticeObject.Node("node-a", "uid-a"), Assert.Single(rig.Api.Events.Values).About);
        Assert.Equal(1, rig.Api.Reads);
    }

    [Fact]
    public async Task What_happens_again_is_counted_up_in_one_Event_with_its_newest_message()
    {
        await using var rig = new PublisherRig();

        await rig.OfferAndWaitAsync(PublisherRig.NodeA, PodIdentity.None, message: "first");
        await rig.OfferAndWaitAsync(PublisherRig.NodeA, PodIdentity.None, message: "second");
        await rig.OfferAndWaitAsync(PublisherRig.NodeB, PodIdentity.None);

        Assert.Equal(["create", "count", "create"], rig.Api.Writes.Select(write => write.What));
        var written = Assert.Single(rig.Api.Events.Values, item => item.About.Name == "node-a");
        Assert.Equal((2, "second"), (written.Count, written.Message));
    }

    [Fact]
    public async Task A_storm_about_one_object_costs_few_writes_and_loses_no_count()
    {
        await using var rig = new PublisherRig(new EventLimits { ObjectBurst = 3, ObjectPerSecond = 0.1 });

        for (var i = 0; i < 500; i++)
        {
            rig.Offer(PublisherRig.NodeA, PodIdentity.None);
        }

        await rig.SettledAsync();
        Assert.Equal(3, rig.Api.Writes.Count);

        await rig.PassAsync(TimeSpan.FromSeconds(10), () => rig.Api.Writes.Count == 4);
        Assert.Equal(500, Assert.Single(rig.Api.Events.Values).Count);
    }

    [Fact]
    public async Task Many_objects_together_stay_under_the_limit_of_all_and_none_is_forgotten()
    {
        await using var rig = new PublisherRig(new EventLimits { Burst = 4, PerSecond = 1 });
        for (var i = 0; i < 10; i++)
        {
            rig.Nodes[$"node-{i}"] = $"uid-{i}";
            await rig.OfferAndWaitAsync(NodeName.Parse($"node-{i}"), PodIdentity.None);
        }

        Assert.Equal(4, rig.Api.Writes.Count);
        await rig.PassAsync(TimeSpan.FromSeconds(5), () => rig.Api.Writes.Count == 8);
        await rig.PassAsync(TimeSpan.FromSeconds(5), () => rig.Api.Events.Count == 10);
    }

    [Fact]
    public async Task A_node_that_names_one_pod_again_and_again_costs_one_read()
    {
        await using var rig = new PublisherRig();
        rig.Api.Pods[("default", "web-0")] = new BoundPod("pod-uid", "node-a");

        for (var i = 0; i < 50; i++)
        {
            rig.Offer(PublisherRig.NodeA, pod);
        }

        await rig.SettledAsync();
        Assert.Equal(1, rig.Api.Reads);
        Assert.Equal(50, rig.CountOf(NoticeOutcomes.Taken));
    }

    [Fact]
    public async Task A_node_that_names_ever_new_pods_is_read_for_only_so_often()
    {
        await using var rig = new PublisherRig(new EventLimits { Burst = 5, PerSecond = 0.001 });

        for (var i = 0; i < 50; i++)
        {
            rig.Offer(PublisherRig.NodeA, new PodIdentity("default", $"web-{i}", ""));
        }

        await rig.SettledAsync();
        Assert.InRange(rig.Api.Reads, 1, 5);
        Assert.InRange(rig.CountOf(NoticeOutcomes.Dropped), 45, 49);
    }

    [Fact]
    public async Task Without_the_right_it_is_off_after_one_try_and_one_word_and_on_again_later()
    {
        await using var rig = new PublisherRig();
        rig.Api.IsForbidden = true;

        rig.Offer(PublisherRig.NodeA, PodIdentity.None);
        rig.Offer(PublisherRig.NodeA, PodIdentity.None);
        rig.Offer(PublisherRig.NodeB, PodIdentity.None);
        await rig.PassAsync(TimeSpan.Zero, () => rig.CountOf(NoticeOutcomes.Dropped) == 2);

        Assert.Single(rig.Api.Writes);
        Assert.Single(rig.Warnings);

        rig.Api.IsForbidden = false;
        await rig.PassAsync(TimeSpan.FromMinutes(11), () => !rig.Api.Events.IsEmpty);
        Assert.Single(rig.Warnings);
    }

    [Fact]
    public async Task An_API_server_that_is_away_loses_nothing_that_was_counted()
    {
        await using var rig = new PublisherRig();
        rig.Api.IsAway = true;
        await rig.OfferAndWaitAsync(PublisherRig.NodeA, PodIdentity.None);
        await rig.OfferAndWaitAsync(PublisherRig.NodeA, PodIdentity.None);
        Assert.Empty(rig.Api.Events);

        rig.Api.IsAway = false;
        await rig.PassAsync(TimeSpan.FromSeconds(60), () => !rig.Api.Events.IsEmpty);

        Assert.Equal(2, Assert.Single(rig.Api.Events.Values).Count);
    }

    [Fact]
    public async Task An_Event_that_the_cluster_has_forgotten_is_made_anew_and_goes_on_counting()
    {
        await using var rig = new PublisherRig();
        await rig.OfferAndWaitAsync(PublisherRig.NodeA, PodIdentity.None);
        rig.Api.Events.Clear();

        await rig.OfferAndWaitAsync(PublisherRig.NodeA, PodIdentity.None);
        await rig.PassAsync(TimeSpan.FromSeconds(60), () => !rig.Api.Events.IsEmpty);

        Assert.Equal(2, Assert.Single(rig.Api.Events.Values).Count);
    }

    [Fact]
    public async Task A_full_queue_drops_at_once_and_counts_what_it_dropped()
    {
        await using var rig = new PublisherRig(new EventLimits { QueuedMax = 8 }, runs: false);

        for (var i = 0; i < 20; i++)
        {
            rig.Offer(PublisherRig.NodeA, PodIdentity.None);
        }

        Assert.Equal(12, rig.CountOf(NoticeOutcomes.Dropped));
    }

    [Fact]
    public async Task A_Node_that_has_no_object_yet_has_no_Event()
    {
        await using var rig = new PublisherRig();

        await rig.OfferAndWaitAsync(NodeName.Parse("node-without-object"), PodIdentity.None);

        Assert.Empty(rig.Api.Writes);
    }
}
