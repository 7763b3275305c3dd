using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Contracts.Custody;
using Broker.Contracts.Nodes;
using Broker.Contracts.Routing;
using Broker.Testing.Processes;
using Broker.Tests.Server.Cluster;
using Xunit;

namespace Broker.Tests.Server.Custody;

/// <summary>A node's chain of custody, as an auditor reads it from the journal.</summary>
public sealed class CustodyTest(FenceWorld fixture) : IClassFixture<FenceWorld>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ClusterWorld World => fixture.World;

    [Fact]
    public async Task Each_certificate_says_who_asked_for_it_with_which_and_what_became_of_it()
    {
        var kubelet = World.Kubelet("chain");
        var (first, _, uid) = await World.JoinAsync("chain");
        var second = kubelet.Rotate(first);
        await ClusterWorld.SaysAsync(World.Connect(second), uid);
        var third = kubelet.Rotate(second);
        await ClusterWorld.SaysAsync(World.Connect(third), uid);
        _ = (await World.Broker.Operator.DenyCertificateAsync(
            "chain", new DenyRequest(Certificate: HashOf(third), Reason: "stolen disk"), Cancellation)).OrThrow();

        var chain = await ReadAsync("chain");

        Assert.Equal(("chain", uid, true, "active"), (chain.Name, chain.Uid, chain.Registered, chain.Standing));
        Assert.Equal([HashOf(first), HashOf(second), HashOf(third)], chain.Certificates.Select(c => c.Certificate));
        Assert.Equal([null, HashOf(first), HashOf(second)], chain.Certificates.Select(c => c.AskedWith));
        Assert.Equal(
            ["witnessed", "witnessed-custody", "witnessed-custody"], chain.Certificates.Select(c => c.Assurance));
        Assert.Equal(
            ["witnessed, used, replaced", "witnessed, used, replaced", "witnessed, used, denied"],
            chain.Certificates.Select(c => string.Join(", ", c.Steps.Select(step => step.What))));
        var denied = chain.Certificates[2].Steps[^1];
        Assert.Equal(("olga", "stolen disk"), (denied.By, denied.Reason));
        Assert.Equal(chain.Certificates.Select(c => c.Csr), chain.Requests.Select(request => request.Name));
        Assert.Equal(
            ["system:bootstrap:abcdef", "system:node:chain", "system:node:chain"],
            chain.Requests.Select(request => request.Requester));
        Assert.All(chain.Requests, request => Assert.Equal(
            ("issued", "cluster", "AutoApproved"), (request.Status, request.Rule, request.Approval)));
        await SlotsAgreeAsync(chain);
    }

    [Fact]
    public async Task What_was_held_denied_or_asked_for_in_vain_stays_in_the_chain()
    {
        var (certificate, _, uid) = await World.JoinAsync("tries");
        var thief = World.Kubelet("tries").Bootstrap();
        await ClusterWorld.SaysAsync(World.Connect(thief), "held");
        World.Kubelet("tries").Ask("Denied", isIssued: false);
        World.Kubelet("tries").Ask("Failed", isIssued: false);
        await Eventually.HoldsAsync(
            "four requests are on record",
            async () => (await ReadAsync("tries")).Requests.Count == 4,
            ClusterWorld.Soon);
        _ = (await World.Broker.Operator.AdoptCertificateAsync(
            "tries", new(HashOf(thief), uid, "it was the machine after all"), Cancellation)).OrThrow();

        var chain = await ReadAsync("tries");

        // Two of one second may be listed in either order.
        Assert.Equal(["issued", "issued"], chain.Requests.Take(2).Select(request => request.Status));
        Assert.Equal(["denied", "failed"], chain.Requests.Skip(2).Select(request => request.Status).Order());
        Assert.Equal([HashOf(certificate), HashOf(thief)], chain.Certificates.Select(c => c.Certificate));
        var adopted = chain.Certificates[1];
        Assert.Equal(("name_takeover", "next", "adopted"), (adopted.Hold, adopted.Slot, adopted.Assurance));
        Assert.Equal(["witnessed", "adopted"], adopted.Steps.Select(step => step.What));
        Assert.Equal(("olga", "it was the machine after all"), (adopted.Steps[1].By, adopted.Steps[1].Reason));
        var alarm = Assert.Single(chain.Alarms);
        Assert.Equal(("name_takeover", HashOf(thief)), (alarm.Kind, alarm.Certificate));
        await SlotsAgreeAsync(chain);
    }

    [Fact]
    public async Task Standing_is_told_with_who_changed_it_and_why_and_with_each_Node_UID()
    {
        var kubelet = World.Kubelet("stands");
        var (certificate, _, old) = await World.JoinAsync("stands");
        await StandAsync(ApiRoutes.NodeFence, "stands", "odd traffic");
        await StandAsync(ApiRoutes.NodeReadmit, "stands", "it was a scanner");
        World.Api.DeleteNode("stands");
        await ClusterWorld.SaysAsync(World.Connect(certificate), "node_fenced");

        // A kubelet that asked after its new Node was made: to the second, as the API server has it.
        var uid = World.Api.PutNode("stands");
        var renewed = kubelet.Rotate(certificate);
        await ClusterWorld.SaysAsync(World.Connect(renewed), uid);

        var chain = await ReadAsync("stands");

        // Whether the Node or the request was seen first, and so bound or admitted with its UID, is chance.
        var steps = chain.Standings.SkipWhile(step => step.What is "admitted" or "rebound").ToList();
        Assert.Equal(
            ["fenced", "readmitted", "fenced", "rebound", "readmitted"], steps.Select(step => step.What));
        Assert.Equal(("olga", "odd traffic", null), Who(steps[0]));
        Assert.Equal(("olga", "it was a scanner", null), Who(steps[1]));
        Assert.Equal(("broker", null, "node_deleted"), Who(steps[2]));
        Assert.Equal((uid, old), (steps[3].Uid, steps[3].FromUid));
        Assert.Equal(uid, chain.Certificates[^1].Uid);
        Assert.Equal(chain.Standings.Select(step => step.Position).Order(), chain.Standings.Select(s => s.Position));
    }

    [Fact]
    public async Task Blocks_and_leases_are_counted_and_a_stranger_is_unknown()
    {
        _ = (await World.Broker.Operator.DefinePoolAsync(
            "custody", new("10.77.0.0/16", Open: true), Cancellation)).OrThrow();
        var (_, api, _) = await World.JoinAsync("holds");
        _ = (await api.GrantBlocksAsync(new("custody-request"), Cancellation)).OrThrow();

        var chain = await ReadAsync("holds");
        var unknown = await World.Broker.Auditor.ReadCustodyAsync("nobody", Cancellation);

        Assert.Equal((1, 0), (chain.Blocks, chain.Leases));
        Assert.Equal("holds", Assert.Single(chain.Granted).Node);
        Assert.Equal("node_unknown", unknown.Problem!.Code);
        Assert.Equal(new CustodyEarlier(0, 0, 0, 0), chain.Earlier);
    }

    private static (string, string?, string?) Who(StandingStep step) => (step.By, step.Reason, step.Rule);

    private async Task<NodeCustody> ReadAsync(string name) =>
        (await World.Broker.Auditor.ReadCustodyAsync(name, Cancellation)).OrThrow();

    /// <summary>The journal and the state say the same of every certificate that the state remembers.</summary>
    private async Task SlotsAgreeAsync(NodeCustody chain)
    {
        var now = (await World.Broker.Auditor.ReadNodeAsync(chain.Name, Cancellation)).OrThrow();
        Assert.NotEmpty(now.Certificates);
        Assert.All(now.Certificates, certificate =>
        {
            var told = chain.Certificates.Single(c => c.Certificate == certificate.Certificate);
            Assert.Equal(
                (certificate.Slot, certificate.Assurance, certificate.Csr, certificate.Position),
                (told.Slot, told.Assurance, told.Csr, told.Position));
        });
    }

    private async Task StandAsync(string route, string node, string reason) =>
        _ = (await World.Broker.Operator.ChangeStandingAsync(route, node, new(Reason: reason), Cancellation)).OrThrow();

    private static string HashOf(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
}
