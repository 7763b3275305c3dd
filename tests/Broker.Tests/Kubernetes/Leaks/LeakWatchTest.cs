using Broker.Core.Events;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Leaks;
using Broker.Kubernetes.Pods;
using Xunit;

namespace Broker.Tests.Kubernetes.Leaks;

/// <summary>What ends a lease whose node never said so.</summary>
public sealed class LeakWatchTest
{
    private readonly LeakWorld _world = new();

    [Fact]
    public async Task A_missed_release_is_made_good_by_two_looks_a_minute_apart()
    {
        var (pod, lease) = await SeenAsync("web");
        await _world.DeleteAsync(pod);
        await _world.SweepAsync();

        await _world.PassAsync(59);
        Assert.Empty(_world.Reclaims);
        await _world.PassAsync(1);

        var reclaim = Assert.Single(_world.Reclaims);
        Assert.Equal((lease.Attachment, lease.Position), (reclaim.Attachment, reclaim.Granted));
        var evidence = reclaim.Evidence;
        Assert.Equal((EvidenceKind.PodGone, pod.Uid, 60), (evidence.Kind, evidence.Uid, evidence.ApartSeconds));
        Assert.Equal(
            (EvidenceSource.Cache, EvidenceSight.Absent, "9"),
            (evidence.First.Source, evidence.First.Seen, evidence.First.ResourceVersion));
        Assert.Equal(
            (EvidenceSource.Read, EvidenceSight.Absent), (evidence.Second!.Source, evidence.Second.Seen));
    }

    [Fact]
    public async Task A_pod_of_the_same_name_and_another_UID_does_not_keep_the_old_lease()
    {
        var (old, lease) = await SeenAsync("db-0");
        await _world.DeleteAsync(old);
        var (next, _) = _world.Run("db-0");
        await _world.ChangeAsync(ChangeKind.Present, next);
        await _world.SweepAsync();

        await _world.PassAsync(60);

        var reclaim = Assert.Single(_world.Reclaims);
        Assert.Equal((lease.Attachment, old.Uid), (reclaim.Attachment, reclaim.Evidence.Uid));
        Assert.Equal(
            (EvidenceSight.OtherUid, next.Uid), (reclaim.Evidence.First.Seen, reclaim.Evidence.First.OtherUid));
        Assert.Equal(
            (EvidenceSight.OtherUid, next.Uid), (reclaim.Evidence.Second!.Seen, reclaim.Evidence.Second.OtherUid));
    }

    [Fact]
    public async Task A_pod_that_has_ended_is_told_as_ended()
    {
        var (pod, _) = await SeenAsync("job");
        var ended = pod with { Phase = PodPhase.Succeeded, ResourceVersion = "8" };
        _world.Api.Pods[pod.Key] = ended;
        await _world.ChangeAsync(ChangeKind.Present, ended);
        await _world.SweepAsync();

        await _world.PassAsync(60);

        var evidence = Assert.Single(_world.Reclaims).Evidence;
        Assert.Equal(EvidenceKind.PodEnded, evidence.Kind);
        Assert.Equal((EvidenceSight.Succeeded, "8"), (evidence.First.Seen, evidence.First.ResourceVersion));
        Assert.Equal((EvidenceSight.Succeeded, "8"), (evidence.Second!.Seen, evidence.Second.ResourceVersion));
    }

    [Fact]
    public async Task A_pod_that_had_ended_and_is_gone_at_the_second_look_is_gone()
    {
        var (pod, _) = await SeenAsync("job");
        await _world.ChangeAsync(ChangeKind.Present, pod with { Phase = PodPhase.Failed });
        await _world.SweepAsync();
        await _world.DeleteAsync(pod);

        await _world.PassAsync(60);

        var evidence = Assert.Single(_world.Reclaims).Evidence;
        Assert.Equal(
            (EvidenceKind.PodGone, EvidenceSight.Failed, EvidenceSight.Absent),
            (evidence.Kind, evidence.First.Seen, evidence.Second!.Seen));
    }

    [Fact]
    public async Task A_pod_deleted_by_force_has_its_own_grace_period_before_the_second_look()
    {
        var (pod, _) = await SeenAsync("slow", grace: 300);
        await _world.DeleteAsync(pod);
        await _world.SweepAsync();

        await _world.PassAsync(320);
        Assert.Empty(_world.Reclaims);
        await _world.PassAsync(10);

        Assert.Equal(330, Assert.Single(_world.Reclaims).Evidence.ApartSeconds);
    }

    [Theory]
    [InlineData(true, 60)]
    [InlineData(false, 600)]
    public async Task A_pod_gone_before_any_sweep_counts_as_seen_alive_when_it_was_at_its_grant(
        bool greeted, int seconds)
    {
        await _world.ListAsync();
        var (pod, _) = _world.Run("brief");
        await _world.ChangeAsync(ChangeKind.Present, pod);
        if (greeted)
        {
            _world.Pods.Greeted.Greet(pod.Uid, pod.GraceSeconds);
        }

        await _world.DeleteAsync(pod);
        await _world.ListAsync();
        await _world.SweepAsync();

        await _world.PassAsync(seconds - 1);
        Assert.Empty(_world.Reclaims);
        await _world.PassAsync(1);

        Assert.Equal(seconds, Assert.Single(_world.Reclaims).Evidence.ApartSeconds);
    }

    [Fact]
    public async Task A_restart_between_the_looks_begins_anew_and_takes_the_longer_wait()
    {
        var (pod, _) = await SeenAsync("web");
        await _world.DeleteAsync(pod);
        await _world.SweepAsync();
        await _world.PassAsync(50);

        _world.Restart();
        await _world.SweepAsync(); // No list yet: nothing can be said.
        Assert.Equal(0, _world.Leaks.Suspected);
        await _world.ListAsync();
        await _world.SweepAsync();
        await _world.PassAsync(590);
        Assert.Empty(_world.Reclaims);
        await _world.PassAsync(10);

        Assert.Equal(600, Assert.Single(_world.Reclaims).Evidence.ApartSeconds);
    }

    [Fact]
    public async Task Wall_time_that_is_set_forward_brings_no_second_look()
    {
        var (pod, _) = await SeenAsync("web");
        await _world.DeleteAsync(pod);
        await _world.SweepAsync();

        _world.Wall.Step = TimeSpan.FromHours(1);
        await _world.SweepAsync();

        Assert.Empty(_world.Reclaims);
    }

    [Fact]
    public async Task More_than_a_tenth_at_once_waits_and_is_told_once()
    {
        var runs = new List<(PodObject Pod, PodLease Lease)>();
        for (var i = 0; i < 100; i++)
        {
            runs.Add(_world.Run($"web-{i}"));
        }

        await _world.ListAsync();
        await _world.SweepAsync();
        foreach (var (pod, _) in runs.Take(11))
        {
            await _world.DeleteAsync(pod);
        }

        await _world.SweepAsync();
        await _world.PassAsync(120);
        Assert.Empty(_world.Reclaims);
        Assert.Equal("pods_vanished", Assert.Single(_world.Warnings).Code);
        Assert.True(_world.Leaks.IsHolding);

        _world.Api.Pods[runs[0].Pod.Key] = runs[0].Pod; // One of them was no leak after all.
        await _world.ChangeAsync(ChangeKind.Present, runs[0].Pod);
        await _world.PassAsync(10);

        Assert.Equal(10, _world.Reclaims.Count);
        Assert.DoesNotContain(_world.Reclaims, reclaim => reclaim.Granted == runs[0].Lease.Position);
    }

    [Fact]
    public async Task Reclaims_a_while_ago_count_towards_the_tenth()
    {
        var runs = new List<PodObject>();
        for (var i = 0; i < 100; i++)
        {
            runs.Add(_world.Run($"web-{i}").Pod);
        }

        await _world.ListAsync();
        await _world.SweepAsync();
        foreach (var pod in runs.Take(10))
        {
            await _world.DeleteAsync(pod);
        }

        await _world.SweepAsync();
        await _world.PassAsync(60);
        Assert.Equal(10, _world.Reclaims.Count);
        await _world.DeleteAsync(runs[50]);
        await _world.SweepAsync();
        await _world.PassAsync(120);
        Assert.Equal(10, _world.Reclaims.Count);

        await _world.PassAsync(600);
        Assert.Equal(11, _world.Reclaims.Count);
    }

    [Fact]
    public async Task A_sweep_ends_no_more_than_it_may()
    {
        var world = new LeakWorld(new LeakSettings { SweepMax = 2, PercentMax = 100 });
        var pods = Enumerable.Range(0, 5).Select(i => world.Run($"web-{i}").Pod).ToList();
        await world.ListAsync();
        await world.SweepAsync();
        foreach (var pod in pods)
        {
            await world.DeleteAsync(pod);
        }

        await world.SweepAsync();
        world.Time.Advance(TimeSpan.FromSeconds(60));
        await world.SweepAsync();
        Assert.Equal(2, world.Reclaims.Count);

        await world.SweepAsync();
        await world.SweepAsync();
        Assert.Equal(5, world.Reclaims.Count);
    }

    private async Task<(PodObject Pod, PodLease Lease)> SeenAsync(string name, int grace = 30)
    {
        var run = _world.Run(name, grace);
        await _world.ListAsync();
        await _world.SweepAsync();
        return run;
    }
}
