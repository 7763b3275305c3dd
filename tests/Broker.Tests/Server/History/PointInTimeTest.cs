using Broker.Cli.Addresses;
using Broker.Contracts.Addresses;
using Broker.Contracts.Pools;
using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Journal.Writing;
using Broker.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Broker.Tests.Server.History;

public sealed class PointInTimeTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private TestBroker Broker => fixture.Broker;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_holder_is_told_with_all_that_it_rests_on_now_and_for_then()
    {
        var (node, address) = await LeaseAsync("whole", "10.31.0.0/16");

        var now = await WhoAsync(address);
        var then = await WhoAsync(address, now.Holder!.GrantedAt);

        Assert.Equal(AddressStatus.Held, now.Status);
        Assert.Equal(("whole", "10.31.0.0/26"), (now.Pool, now.Block));
        Assert.Equal((node.Name, "pod", "lease-whole"), (
            now.Holder.Node, now.Holder.Pod.Name, now.Holder.GrantedRequest));
        Assert.Equal("bootstrap-token", now.Holder.ApprovalRule);
        Assert.Equal("broker", now.Holder.Approver);
        Assert.True(now.Holder.ApprovedPosition < now.Holder.GrantedPosition);
        Assert.NotNull(now.Holder.ApprovedAt);
        Assert.Null(now.Last);
        Assert.Equal(now.Holder, then.Holder);
        Assert.Equal((now.Status, now.Pool, now.Block), (then.Status, then.Pool, then.Block));
    }

    [Fact]
    public async Task The_microsecond_before_a_grant_nobody_holds_the_address_and_nobody_did()
    {
        var (_, address) = await LeaseAsync("edge", "10.32.0.0/16");
        var granted = (await WhoAsync(address)).Holder!.GrantedAt;

        var before = await WhoAsync(address, Shift(granted, -1));

        Assert.Null(before.Holder);
        Assert.Null(before.Last);
    }

    [Fact]
    public async Task After_a_release_nobody_holds_it_and_who_did_is_told_with_by_whom_it_ended()
    {
        var (node, address) = await LeaseAsync("ended", "10.33.0.0/16");
        _ = (await node.Api.ReleaseLeaseAsync("net", "c1", "eth0", Cancellation)).OrThrow();

        var now = await WhoAsync(address);
        var end = now.Last!.ReleasedAt!;
        var still = await WhoAsync(address, Shift(end, -1));
        var ended = await WhoAsync(address, end);

        Assert.Equal((AddressStatus.Free, null), (now.Status, now.Holder));
        Assert.Equal((node.Name, "node-release"), (now.Last.ReleasedBy, now.Last.ReleasedReason));
        Assert.Equal(now.Last.Certificate, now.Last.ReleasedCertificate);
        Assert.True(now.Last.ReleasedPosition > now.Last.GrantedPosition);
        Assert.Equal((AddressStatus.Held, now.Last), (still.Status, still.Holder));
        Assert.Equal((AddressStatus.Free, now.Last), (ended.Status, ended.Last));
    }

    [Fact]
    public async Task After_a_reclaim_the_evidence_is_told_with_it()
    {
        var (_, address) = await LeaseAsync("reclaimed", "10.40.0.0/16");
        var writer = Broker.Host.Services.GetRequiredService<LedgerWriter>();
        var lease = await writer.ReadAsync(queries => queries.LeaseOf(IpAddress.Parse(address))!, Cancellation);
        var first = new Observation(lease.GrantedAt, EvidenceSource.Cache, EvidenceSight.Absent, "7");
        var second = new Observation(lease.GrantedAt, EvidenceSource.Read, EvidenceSight.OtherUid, "9", "uid-2");
        var evidence = new Evidence(EvidenceKind.PodGone, lease.Pod.Uid, first, second, 61);
        _ = await writer.SubmitAsync(
            new ReclaimLease(lease.Attachment, lease.Position, evidence), Cancellation); // Read again below.

        var now = await WhoAsync(address);
        var still = await WhoAsync(address, Shift(now.Last!.ReleasedAt!, -1));

        Assert.Equal((AddressStatus.Free, "pod_gone", "broker"), (
            now.Status, now.Last.ReleasedReason, now.Last.ReleasedBy));
        var told = now.Last.ReleasedEvidence!;
        Assert.Equal((lease.Pod.Uid, 61, "absent", "cache", "7"), (
            told.Uid, told.ApartSeconds, told.First.Seen, told.First.Source, told.First.ResourceVersion));
        Assert.Equal(("other_uid", "read", "9", "uid-2"), (
            told.Second!.Seen, told.Second.Source, told.Second.ResourceVersion, told.Second.OtherUid));
        Assert.Equal(AddressStatus.Held, still.Status);
        Assert.EndsWith(
            $"there is no pod of UID {told.Uid} any more: absent by cache at {told.First.At}, resourceVersion 7, "
                + $"and 61 s later or more other_uid uid-2 by read at {told.Second.At}, resourceVersion 9",
            EvidenceText.Of(told),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_block_that_was_given_back_is_no_place_any_more_and_was_one_before()
    {
        var (node, address) = await LeaseAsync("place", "10.34.0.0/16");
        _ = (await node.Api.ReleaseLeaseAsync("net", "c1", "eth0", Cancellation)).OrThrow();
        var free = await WhoAsync(address);
        var generation = free.Last!.Generation;
        _ = (await node.Api.ReleaseBlockAsync("10.34.0.0/26", generation, Cancellation)).OrThrow();

        var now = await WhoAsync(address);
        var then = await WhoAsync(address, free.At);

        Assert.Equal((AddressStatus.NoBlock, "place", null), (now.Status, now.Pool, now.Block));
        Assert.Equal(free.Last, now.Last);
        Assert.Equal((AddressStatus.Free, "10.34.0.0/26"), (then.Status, then.Block));
    }

    [Fact]
    public async Task An_address_that_nobody_can_hold_is_told_why()
    {
        var spec = new PoolDefinition("10.35.0.0/16", Exclusions: ["10.35.0.16-10.35.0.31"], Open: true);
        _ = (await Broker.Operator.DefinePoolAsync("why", spec, Cancellation)).OrThrow();

        Assert.Equal(AddressStatus.Outside, (await WhoAsync("192.0.2.7")).Status);
        Assert.Equal(AddressStatus.Excluded, (await WhoAsync("10.35.0.20")).Status);
        Assert.Equal(AddressStatus.KeptBack, (await WhoAsync("10.35.0.1")).Status);
        Assert.Equal(AddressStatus.KeptBack, (await WhoAsync("10.35.0.63")).Status);
        Assert.Equal(AddressStatus.NoBlock, (await WhoAsync("10.35.0.15")).Status);
    }

    [Fact]
    public async Task Before_its_pool_was_defined_an_address_lay_outside()
    {
        var (node, _) = await LeaseAsync("early", "10.36.0.0/16");
        var asked = (await WhoAsync("10.36.0.9")).At;
        _ = (await Broker.Operator.DefinePoolAsync("late", new("10.37.0.0/16"), Cancellation)).OrThrow();

        Assert.Equal(AddressStatus.Outside, (await WhoAsync("10.37.0.9", asked)).Status);
        Assert.Equal(AddressStatus.NoBlock, (await WhoAsync("10.37.0.9")).Status);
        Assert.Equal("early", node.Name);
    }

    [Fact]
    public async Task A_reservation_and_a_change_of_the_pool_count_from_their_own_time_on()
    {
        _ = (await Broker.Operator.DefinePoolAsync("kept", new("10.39.0.0/17", Open: true), Cancellation)).OrThrow();
        var before = await WhoAsync("10.39.0.40");
        var made = (await Broker.Operator.MakeReservationAsync(
            new("10.39.0.32-10.39.0.47", "vip"), Cancellation)).OrThrow();
        var during = await WhoAsync("10.39.0.40");
        _ = (await Broker.Operator.DropReservationAsync(
            made.Addresses, made.Position, new(), Cancellation)).OrThrow();
        _ = (await Broker.Operator.DefinePoolAsync("kept", new("10.39.0.0/16"), Cancellation)).OrThrow();

        Assert.Equal(AddressStatus.NoBlock, before.Status);
        Assert.Equal((AddressStatus.Reserved, "vip"), (during.Status, during.Reservation?.Name));
        Assert.Equal((AddressStatus.Reserved, "vip"), (
            (await WhoAsync("10.39.0.40", during.At)).Status,
            (await WhoAsync("10.39.0.40", during.At)).Reservation?.Name));
        Assert.Equal((AddressStatus.NoBlock, null), (
            (await WhoAsync("10.39.0.40")).Status, (await WhoAsync("10.39.0.40")).Reservation));
        Assert.Equal(AddressStatus.Outside, (await WhoAsync("10.39.200.9", during.At)).Status);
        Assert.Equal(AddressStatus.NoBlock, (await WhoAsync("10.39.200.9")).Status);
    }

    [Fact]
    public async Task Before_the_ledger_and_in_the_future_there_is_no_answer_but_a_sentence()
    {
        var before = await Broker.Auditor.WhoHoldsAsync("10.31.0.2", "2020-01-01T00:00:00Z", Cancellation);
        var after = await Broker.Auditor.WhoHoldsAsync("10.31.0.2", "2999-01-01T00:00:00Z", Cancellation);

        Assert.Equal("query_invalid", before.Problem!.Code);
        Assert.Contains("before the ledger, which began at 20", before.Problem.Detail, StringComparison.Ordinal);
        Assert.Equal("query_invalid", after.Problem!.Code);
        Assert.Contains("in the future", after.Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operators_approval_is_told_with_its_reason()
    {
        _ = (await Broker.Operator.DefinePoolAsync("byhand", new("10.38.0.0/16", Open: true), Cancellation)).OrThrow();
        var old = await Broker.EnrolNodeAsync("byhand");
        var node = old.WithNewKey();
        var token = await Broker.IssueTokenAsync("byhand");
        var filed = (await Broker.Enrol.EnrolAsync(token, node.SigningRequest(), Cancellation)).OrThrow();
        _ = (await Broker.Operator.ApproveAsync(
            filed.Name, new(Reason: "new disk, checked in the rack"), Cancellation)).OrThrow();
        await node.EnrolAsync(token);
        var lease = (await node.Api.GrantLeaseAsync(
            new("byhand-1", "net", "c9", "eth0", null, null, ["byhand"]), Cancellation)).OrThrow().Leases[0];

        var holder = (await WhoAsync(lease.Address)).Holder!;

        Assert.Equal((null, "olga", "new disk, checked in the rack"), (
            holder.ApprovalRule, holder.Approver, holder.ApprovalReason));
        Assert.Equal(holder, (await WhoAsync(lease.Address, lease.GrantedAt)).Holder);
    }

    private static string Shift(string at, int microseconds) => DateTimeOffset
        .Parse(at, System.Globalization.CultureInfo.InvariantCulture)
        .AddMicroseconds(microseconds)
        .UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<AddressAnswer> WhoAsync(string address, string? at = null) =>
        (await Broker.Auditor.WhoHoldsAsync(address, at, Cancellation)).OrThrow();

    private async Task<(TestNode Node, string Address)> LeaseAsync(string name, string cidr)
    {
        _ = (await Broker.Operator.DefinePoolAsync(name, new(cidr, Open: true), Cancellation)).OrThrow();
        var node = await Broker.EnrolNodeAsync(name);
        var lease = (await node.Api.GrantLeaseAsync(
            new($"lease-{name}", "net", "c1", "eth0", new("ns", "pod", "u"), null, [name]), Cancellation))
            .OrThrow().Leases[0];
        return (node, lease.Address);
    }
}
