using Broker.Core.Commands;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Csrs;
using Broker.Kubernetes.Nodes;
using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;
using Broker.Kubernetes.Witness;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Kubernetes;

/// <summary>What the ledger is told of a CSR: what only the Nodes or the settings can add to its verdict.</summary>
public sealed class CsrTargetTest : IContactMark
{
    private const string Pod = "system:serviceaccount:broker:broker-agent";
    private readonly FakeTimeProvider _time = new(ClusterPki.Now);
    private readonly RecordingLedger _ledger = new();
    private readonly List<WitnessWarning> _warnings = [];
    private readonly NodeTarget _nodes;

    public CsrTargetTest() => _nodes = new NodeTarget(_ledger, new WatchTimes(), _time, _warnings.Add);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("uid-n1", null)]
    [InlineData("uid-of-before", "node_uid_changed")]
    [InlineData(null, null)]
    public async Task A_pod_speaks_for_its_node_unless_its_token_is_of_an_earlier_Node(string? uid, string? hold)
    {
        await NodesAsync(new NodeObject("n1", "uid-n1", ClusterPki.Now));
        var extra = new Dictionary<string, IReadOnlyList<string>>
        {
            [BoundNode.NameKey] = ["n1"],
            [Custody.ExtraKey] = ["JTI=0f7a"],
        };
        if (uid is not null)
        {
            extra[BoundNode.UidKey] = [uid];
        }

        var settings = new WitnessSettings { Requesters = new HashSet<string> { Pod } };
        await SeeAsync(Target(settings), ClusterPki.First() with { Requester = new ObservedRequester(Pod, [], extra) });

        var told = Told();
        Assert.Equal((true, false, hold), (told.Csr.ByNode, told.Csr.HasCredential, told.Hold));
        Assert.Null(told.Csr.Credential);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_a_broker_that_adopts_lets_a_chain_begin_late(bool adopts)
    {
        await NodesAsync();
        var csr = ClusterPki.Renewal(credential: "X509SHA256=" + new string('a', 64));

        await SeeAsync(Target(new WitnessSettings { Adopts = adopts }), csr);

        Assert.Equal((true, true, adopts), (Told().Csr.ByNode, Told().Csr.HasCredential, Told().Csr.BeginsChain));
    }

    [Fact]
    public async Task What_the_ledger_had_no_room_for_is_tried_again_at_the_next_list_and_told_of_once()
    {
        await NodesAsync();
        var target = Target(new WitnessSettings());
        var csr = ClusterPki.First();
        await SeeAsync(target, csr);

        // The recording refuses everything.
        _ = await target.ListedAsync(new ListSeen<ObservedCsr>([csr], _time.GetTimestamp(), null), Cancellation);

        Assert.Equal(2, _ledger.Commands.OfType<ObserveCsr>().Count());
        Assert.Equal("csr_not_recorded", Assert.Single(_warnings).Code);
    }

    DateTimeOffset? IContactMark.Read() => null;

    void IContactMark.Write(DateTimeOffset at)
    {
        // Nobody reads it here.
    }

    private CsrTarget Target(WitnessSettings settings) => new(
        WitnessSettings.KubeletSigner,
        ClusterPki.Witness(settings),
        settings,
        _ledger,
        _nodes,
        new EvidenceClock(_time, this, settings.Signers),
        _time,
        _warnings.Add);

    private ObserveCsr Told() => Assert.Single(_ledger.Commands.OfType<ObserveCsr>());

    private async Task NodesAsync(params NodeObject[] nodes) => _ = await _nodes.ListedAsync(
        new ListSeen<NodeObject>(nodes, _time.GetTimestamp(), null), Cancellation);

    private static Task SeeAsync(CsrTarget target, ObservedCsr csr) =>
        target.ChangedAsync(new ClusterChange<ObservedCsr>(ChangeKind.Present, csr, "7"), Cancellation);
}
