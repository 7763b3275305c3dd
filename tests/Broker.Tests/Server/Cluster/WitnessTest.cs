using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Contracts.Nodes;
using Broker.Contracts.Routing;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Server.Cluster;

/// <summary>A whole broker beside an API server: who is let in, who is held, and what an operator can do.</summary>
public sealed class WitnessTest
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_kubelet_that_joins_gets_a_block_once_its_Node_is_there()
    {
        await using var world = await ClusterWorld.StartAsync();
        await PoolAsync(world, "10.60.0.0/16");
        var kubelet = world.Kubelet("n1");
        var certificate = kubelet.Bootstrap();
        var api = world.Connect(certificate);
        await Eventually.HoldsAsync(
            "the certificate is on record",
            async () => (await api.WhoAmIAsync(Cancellation)).Problem is null,
            ClusterWorld.Soon);

        var early = await api.GrantBlocksAsync(new("witness-request-1"), Cancellation);
        var uid = world.Api.PutNode("n1");
        await ClusterWorld.SaysAsync(api, uid);
        var block = (await api.GrantBlocksAsync(new("witness-request-2"), Cancellation)).OrThrow();

        Assert.Equal("node_unregistered", early.Problem!.Code);
        Assert.Single(block.Blocks);
        Assert.Equal("witnessed", (await api.WhoAmIAsync(Cancellation)).OrThrow().Assurance);
        var rotated = world.Connect(kubelet.Rotate(certificate));
        await ClusterWorld.SaysAsync(rotated, uid);
        Assert.Equal("witnessed-custody", (await rotated.WhoAmIAsync(Cancellation)).OrThrow().Assurance);
        Assert.Single((await rotated.ListBlocksAsync(Cancellation)).OrThrow().Blocks);
        var info = (await world.Broker.Operator.ListNodesAsync(Cancellation)).OrThrow().Nodes.Single();
        Assert.True(info.Registered);
        Assert.Equal(["grace", "current"], info.Certificates.OrderBy(c => c.Position).Select(c => c.Slot));
    }

    [Fact]
    public async Task G02_a_certificate_that_nobody_asked_for_waits_for_a_whole_list_and_is_then_an_alarm()
    {
        await using var world = await ClusterWorld.StartAsync();
        _ = await world.JoinAsync("n1");
        var kubelet = world.Kubelet("n1");

        await ClusterWorld.SaysAsync(world.Connect(kubelet.Forge(isDatedBack: false)), "unwitnessed");

        // Dated before the first list: the broker cannot know that it did not miss its request.
        await ClusterWorld.SaysAsync(world.Connect(kubelet.Forge()), "evidence_gap");

        var events = await world.EventsAsync();
        Assert.Contains("evidence.gap", events);
        Assert.Contains("alarm.raised", events);
    }

    [Fact]
    public async Task G03_G04_a_certificate_for_the_key_of_a_denied_or_failed_request_is_refused_for_what_it_is()
    {
        await using var world = await ClusterWorld.StartAsync();
        _ = await world.JoinAsync("n1");

        var denied = world.Kubelet("n2").Ask("Denied", isIssued: false);
        var failed = world.Kubelet("n3").Ask("Failed", isIssued: false);

        await ClusterWorld.SaysAsync(world.Connect(denied), "csr_denied");
        await ClusterWorld.SaysAsync(world.Connect(failed), "csr_failed");
    }

    [Fact]
    public async Task A_certificate_whose_list_cannot_be_had_is_told_to_come_again()
    {
        await using var world = await ClusterWorld.StartAsync();
        _ = await world.JoinAsync("n1");
        world.Api.IsBroken = true;
        await world.Api.DropWatchesAsync();
        var certificate = world.Kubelet("n2").Bootstrap();
        using var raw = world.Raw(certificate);

        var asked = await raw.SendAsync("GET", ApiRoutes.WhoAmI);

        Assert.Equal(("retry", 503), (asked.Outcome, (int)asked.Status));
        Assert.True(asked.Headers.ContainsKey("Retry-After"));
        world.Api.IsBroken = false;
        await Eventually.HoldsAsync(
            "the certificate is on record",
            async () => (await raw.SendAsync("GET", ApiRoutes.WhoAmI)).Outcome == "200",
            ClusterWorld.Soon);
    }

    [Fact]
    public async Task G14_a_thief_of_a_bootstrap_token_is_held_until_an_operator_decides()
    {
        await using var world = await ClusterWorld.StartAsync();
        var (_, good, uid) = await world.JoinAsync("n1");
        var stolen = world.Kubelet("n1").Bootstrap();
        var thief = world.Connect(stolen);

        await ClusterWorld.SaysAsync(thief, "held");
        Assert.Equal(uid, await ClusterWorld.OutcomeAsync(good));
        var unknown = await world.Broker.Operator.AdoptCertificateAsync("n1", new(new string('a', 64)), Cancellation);
        var conflict = await world.Broker.Operator.AdoptCertificateAsync(
            "n1", new(HashOf(stolen), "other"), Cancellation);
        Assert.Equal(
            ("certificate_unknown", "conflict"), (unknown.Problem!.Code, conflict.Problem!.Code));

        var many = (await world.Broker.Operator.ReadmitAsync(
            new([new("n1", HashOf(stolen), uid), new("n2"), new("N3")], "checked"), Cancellation)).OrThrow();

        Assert.Equal(
            ["active", "node_unknown", "invalid_field"], many.Nodes.Select(node => node.Standing ?? node.Code!));
        await ClusterWorld.SaysAsync(thief, uid);
        Assert.Equal("adopted", (await thief.WhoAmIAsync(Cancellation)).OrThrow().Assurance);
    }

    [Fact]
    public async Task G23_in_adopt_mode_the_first_certificate_of_a_Node_is_taken_over_and_no_second_one()
    {
        await using var world = await ClusterWorld.StartAsync("adopt", api => api.PutNode("n1"));
        var kubelet = world.Kubelet("n1");
        var first = world.Connect(kubelet.Forge());
        await Eventually.HoldsAsync(
            "it was taken over",
            async () => (await first.WhoAmIAsync(Cancellation)).Problem is null,
            ClusterWorld.Soon);

        Assert.Equal("adopted", (await first.WhoAmIAsync(Cancellation)).OrThrow().Assurance);
        await ClusterWorld.SaysAsync(world.Connect(kubelet.Forge()), "evidence_gap");
        await ClusterWorld.SaysAsync(world.Connect(world.Kubelet("nobody").Forge()), "evidence_gap");
    }

    [Fact]
    public async Task G14_G23_in_adopt_mode_a_thief_on_hold_keeps_no_machine_out()
    {
        await using var world = await ClusterWorld.StartAsync(
            "adopt", api => api.PutNode("n1", TimeSpan.FromMinutes(1)));
        var kubelet = world.Kubelet("n1");
        await ClusterWorld.SaysAsync(world.Connect(kubelet.Bootstrap()), "held");

        var machine = world.Connect(kubelet.Forge());
        await Eventually.HoldsAsync(
            "it was taken over",
            async () => (await machine.WhoAmIAsync(Cancellation)).Problem is null,
            ClusterWorld.Soon);

        Assert.Equal("adopted", (await machine.WhoAmIAsync(Cancellation)).OrThrow().Assurance);
    }

    [Fact]
    public async Task The_brokers_own_flow_is_off_in_a_cluster()
    {
        await using var world = await ClusterWorld.StartAsync();
        var token = await world.Broker.IssueTokenAsync();

        var request = world.Broker.NewNode("n1").SigningRequest();

        var asked = await world.Broker.Enrol.EnrolAsync(token, request, Cancellation);

        Assert.Equal("cluster_enrolment", asked.Problem!.Code);
    }

    [Fact]
    public async Task I08_a_denial_ends_an_open_stream_and_refuses_at_once()
    {
        await using var world = await ClusterWorld.StartAsync();
        var (certificate, _, _) = await world.JoinAsync("n1");
        using var raw = world.Raw(certificate);
        var open = await raw.HoldOpenAsync(ApiRoutes.Leases);
        Assert.False(open.IsCompleted);

        var deny = new DenyRequest(Certificate: HashOf(certificate));
        _ = (await world.Broker.Operator.DenyCertificateAsync("n1", deny, Cancellation)).OrThrow();

        await EndsAsync(open);
        await ClusterWorld.SaysAsync(world.Connect(certificate), "certificate_denied");
    }

    [Fact]
    public async Task H03_a_deleted_Node_ends_an_open_stream_and_its_blocks_stay()
    {
        await using var world = await ClusterWorld.StartAsync();
        await PoolAsync(world, "10.61.0.0/16");
        var (certificate, api, _) = await world.JoinAsync("n1");
        _ = (await api.GrantBlocksAsync(new("witness-request-3"), Cancellation)).OrThrow();
        using var raw = world.Raw(certificate);
        var open = await raw.HoldOpenAsync(ApiRoutes.Leases);
        Assert.False(open.IsCompleted);

        world.Api.DeleteNode("n1");

        await EndsAsync(open);
        await ClusterWorld.SaysAsync(world.Connect(certificate), "node_fenced");
        Assert.Single((await world.Broker.Operator.ListBlocksAsync(Cancellation)).OrThrow().Blocks);
    }

    private static async Task PoolAsync(ClusterWorld world, string cidr) =>
        _ = (await world.Broker.Operator.DefinePoolAsync("pods", new(cidr, Open: true), Cancellation)).OrThrow();

    private static async Task EndsAsync(Task open)
    {
        // Two seconds is what is promised; a loaded machine gets a little more.
        _ = await Assert.ThrowsAnyAsync<Exception>(() => open.WaitAsync(TimeSpan.FromSeconds(5), Cancellation));
        Assert.True(open.IsCompleted, "The stream is open still.");
    }

    private static string HashOf(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
}
