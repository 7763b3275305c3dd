using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Leaks;
using Broker.Kubernetes.Namespaces;
using Broker.Kubernetes.Pods;
using Broker.Kubernetes.Watching;
using Broker.Kubernetes.Witness;
using Broker.Server.Cluster.Pods;
using Broker.Server.Options;
using Broker.Server.Telemetry;
using Broker.Tests.Kubernetes.Leaks;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Server.Cluster.Pods;

/// <summary>What a node says of a pod counts once the API server has said it too.</summary>
public sealed class PodDoorTest : IDisposable
{
    private static readonly NodeName node = NodeName.Parse("node-a");
    private static readonly PodKey key = new("ns", "web");
    private readonly FakeTimeProvider _time = new();
    private readonly FakePods _api = new();
    private readonly BrokerMetrics _metrics;
    private readonly PodWatch _watch;
    private readonly PodDoor _door;
    private readonly string _uid = Guid.NewGuid().ToString();

    public PodDoorTest()
    {
        _metrics = new BrokerMetrics(_time);
        _watch = new PodWatch(_api, new PodSurroundings(_time, new WatchTimes(), (_, _) => { }));
        var settings = new KubernetesSettings(
            null, false, new WitnessSettings(), "broker.ipam", new LeakSettings(), Events: false);
        _door = new PodDoor(_watch, _api, settings, _metrics, _time);
    }

    private PodObject Pod => new(key, _uid, "node-a", PodPhase.Live, null, 30, null, "7");

    private PodIdentity Named => new("ns", "web", _uid);

    public void Dispose()
    {
        _door.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task A_pod_that_is_known_costs_no_call()
    {
        await KnowAsync(Pod);
        await KnowNamespacesAsync();

        Assert.Equal(new PodReading(PodAssurance.Verified, null, null, Told("namespace ns")), await ReadAsync());
        Assert.Equal(0, _api.Reads);
    }

    [Fact]
    public async Task A_pod_that_the_watch_has_not_seen_yet_is_read()
    {
        await KnowNamespacesAsync();
        _api.Pods[key] = Pod;

        Assert.Equal(PodAssurance.Verified, (await ReadAsync()).Assurance);
        Assert.Equal(1, _api.Reads);
    }

    [Fact]
    public async Task A_pod_that_was_known_before_it_was_bound_is_read()
    {
        await KnowNamespacesAsync();
        await KnowAsync(Pod with { NodeName = string.Empty });
        _api.Pods[key] = Pod;

        Assert.Null((await ReadAsync()).Refusal);
        Assert.Equal(1, _api.Reads);
    }

    [Fact]
    public async Task A_pod_that_is_not_there_or_another_one_is_refused()
    {
        Assert.Equal(RefusalCode.PodUnknown, (await ReadAsync()).Refusal?.Code);

        await KnowAsync(Pod); // Known as it was: the API server has another one by now.
        _api.Pods[key] = Pod with { Uid = "uid-2" };
        var other = await ReadAsync(new PodIdentity("ns", "web", Guid.NewGuid().ToString()));

        Assert.Equal(RefusalCode.PodUnknown, other.Refusal?.Code);
        Assert.Contains("has UID uid-2", other.Refusal!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("node-b", "bound to node node-b, not to node-a")]
    [InlineData("", "bound to no node, not to node-a")]
    public async Task A_pod_of_another_node_is_refused(string bound, string told)
    {
        _api.Pods[key] = Pod with { NodeName = bound };

        var refusal = (await ReadAsync()).Refusal!;

        Assert.Equal(RefusalCode.PodElsewhere, refusal.Code);
        Assert.Contains(told, refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_API_server_is_away_grants_go_on_unverified_and_nobody_waits_for_it_each_time()
    {
        _api.Failure = new HttpRequestException("connection refused");

        Assert.Equal(PodReading.Unverified, await ReadAsync());
        Assert.Equal(PodReading.Unverified, await ReadAsync());
        Assert.Equal(1, _api.Reads);

        _time.Advance(TimeSpan.FromSeconds(5));
        _api.Failure = null;
        _api.Pods[key] = Pod;
        Assert.Equal(PodAssurance.Verified, (await ReadAsync()).Assurance);
    }

    [Fact]
    public async Task What_is_known_counts_also_while_the_API_server_is_away()
    {
        await KnowAsync(Pod with { Pools = "gold" });
        _api.Failure = new HttpRequestException("connection refused");

        var reading = await ReadAsync();

        Assert.Equal((PodAssurance.Verified, "gold"), (reading.Assurance, Assert.Single(reading.Pools!).Value));
    }

    [Fact]
    public async Task Without_a_pod_there_is_nothing_to_look_at_and_without_a_UID_nothing_to_be_sure_of()
    {
        _api.Pods[key] = Pod;

        Assert.Equal(PodReading.None, await ReadAsync(PodIdentity.None));
        Assert.Equal(PodReading.None, await ReadAsync(new PodIdentity("ns", "Not a name", _uid)));
        Assert.Equal(PodReading.Unverified, await ReadAsync(new PodIdentity("ns", "web", string.Empty)));
        Assert.Equal(0, _api.Reads);
    }

    [Fact]
    public async Task A_static_pod_is_known_by_its_mirror_and_granted_unverified_without_one()
    {
        const string Hash = "0123456789abcdef0123456789abcdef";
        var named = new PodIdentity("ns", "web", Hash);
        Assert.Equal(PodReading.Unverified, await ReadAsync(named));

        _api.Pods[key] = Pod with { StaticUid = Hash };
        Assert.Equal(PodAssurance.Verified, (await ReadAsync(named)).Assurance);
    }

    [Fact]
    public async Task The_annotation_of_the_pod_comes_before_that_of_its_namespace()
    {
        await KnowNamespacesAsync(new NamespaceObject("ns", "silver, bronze"));
        await KnowAsync(Pod);
        Assert.Equal(["silver", "bronze"], Names(await ReadAsync()));

        await KnowAsync(Pod with { Pools = "gold" });
        Assert.Equal(["gold"], Names(await ReadAsync()));

        await KnowAsync(Pod with { Pools = " " });
        Assert.Equal(["silver", "bronze"], Names(await ReadAsync()));
    }

    [Fact]
    public async Task A_namespace_that_the_watch_has_not_listed_yet_is_read()
    {
        await KnowAsync(Pod);
        _api.Namespaces["ns"] = new NamespaceObject("ns", "silver");

        Assert.Equal(["silver"], Names(await ReadAsync()));
    }

    [Fact]
    public async Task A_namespace_that_loses_its_annotation_or_goes_chooses_nothing()
    {
        await KnowAsync(Pod);
        await KnowNamespacesAsync(new NamespaceObject("ns", "silver"));
        await ChangeAsync(ChangeKind.Present, new NamespaceObject("ns", null));
        Assert.Null((await ReadAsync()).Pools);

        await ChangeAsync(ChangeKind.Present, new NamespaceObject("ns", "silver"));
        await ChangeAsync(ChangeKind.Deleted, new NamespaceObject("ns", "silver"));
        Assert.Null((await ReadAsync()).Pools);

        await KnowNamespacesAsync(new NamespaceObject("ns", "silver"));
        await KnowNamespacesAsync();
        Assert.Null((await ReadAsync()).Pools);
    }

    [Theory]
    [InlineData("Gold!")]
    [InlineData("gold,")]
    [InlineData("gold,gold")]
    [InlineData("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q")]
    public async Task An_annotation_that_is_no_list_of_pools_is_refused_by_its_name(string value)
    {
        await KnowAsync(Pod with { Pools = value });

        var refusal = (await ReadAsync()).Refusal!;

        Assert.Equal(RefusalCode.InvalidField, refusal.Code);
        Assert.Contains(Told("pod ns/web"), refusal.Detail, StringComparison.Ordinal);
    }

    private static string Told(string what) => $"annotation broker.ipam/pools of {what}";

    private static IEnumerable<string> Names(PodReading reading) => reading.Pools!.Select(pool => pool.Value);

    private async Task<PodReading> ReadAsync(PodIdentity? named = null) =>
        await _door.ReadAsync(node, named ?? Named, TestContext.Current.CancellationToken);

    private Task<TimeSpan?> KnowAsync(PodObject pod) => _watch.PodTarget.ListedAsync(new([pod], 1, null), default);

    private Task<TimeSpan?> KnowNamespacesAsync(params NamespaceObject[] namespaces) =>
        _watch.NamespaceTarget.ListedAsync(new(namespaces, 1, null), default);

    private Task ChangeAsync(ChangeKind kind, NamespaceObject item) =>
        _watch.NamespaceTarget.ChangedAsync(new(kind, item, "9"), default);
}
