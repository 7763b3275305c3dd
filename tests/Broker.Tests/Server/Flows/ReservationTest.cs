using System.Globalization;
using System.Text.Json;
using Broker.Contracts;
using Broker.Contracts.Addresses;
using Broker.Contracts.Reservations;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Flows;

public sealed class ReservationTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private TestBroker Broker => fixture.Broker;

    private RawApi Api => field ??= Broker.Raw(TestListener.People, Broker.OperatorCertificate);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_router_is_written_down_found_by_its_address_and_dropped()
    {
        await PoolAsync("written", "10.60.0.0/16");
        var made = await MakeAsync(
            """
            {"addresses":"10.60.0.2","name":"router-1","mac":"02:00:5E:10:00:01","owner":"Ada","reason":"uplink"}
            """);

        Assert.Equal(
            ("10.60.0.2", "written", "router-1", "02:00:5e:10:00:01", "Ada", "olga"),
            (made.Addresses, made.Pool, made.Name, made.Mac, made.Owner, made.MadeBy));
        Assert.Contains(made, await ListAsync());
        Assert.Equal(made, (await WhoAsync("10.60.0.2")).Reservation);
        Assert.Equal("written", (await WhoAsync("10.60.0.2")).Pool);

        Assert.True((await DropAsync("10.60.0.2", made.Position)).Dropped);
        Assert.False((await DropAsync("10.60.0.2", made.Position)).Dropped);

        Assert.DoesNotContain(made, await ListAsync());
        Assert.Null((await WhoAsync("10.60.0.2")).Reservation);
        Assert.Equal(made, (await WhoAsync("10.60.0.2", made.MadeAt)).Reservation);
        Assert.Null((await WhoAsync("10.60.0.2", JustBefore(made.MadeAt))).Reservation);
    }

    private static string JustBefore(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).AddMicroseconds(-1)
            .ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_same_again_is_answered_again_also_after_a_restart_and_another_owner_is_not_passed_over()
    {
        await using var broker = await TestBroker.StartAsync();
        _ = (await broker.Operator.DefinePoolAsync("p", new("10.61.0.0/16", Open: true), Cancellation)).OrThrow();
        const string Body = """{"addresses":"10.61.0.0/28","owner":"Ada","reason":"r"}""";
        using var api = broker.Raw(TestListener.People, broker.OperatorCertificate);
        var first = await api.JsonAsync("POST", "/v1/reservations", Body);
        await broker.RestartAsync();
        using var later = broker.Raw(TestListener.People, broker.OperatorCertificate);

        var again = await later.JsonAsync("POST", "/v1/reservations", Body);
        var other = await later.JsonAsync(
            "POST", "/v1/reservations", Body.Replace("Ada", "Bob", StringComparison.Ordinal));

        Assert.Equal(("200", first.Text), (again.Outcome, again.Text));
        Assert.Equal("exists", other.Outcome);
        var node = await broker.EnrolNodeAsync("after");
        var lease = (await node.Api.GrantLeaseAsync(
            new("after-request-1", "net", "c1", "eth0", null, null, ["p"]), Cancellation)).OrThrow().Leases[0];
        Assert.Equal("10.61.0.16", lease.Address);
    }

    [Fact]
    public async Task What_is_held_is_not_reserved_or_excluded_and_its_holder_is_named()
    {
        await PoolAsync("holding", "10.62.0.0/16");
        var node = await Broker.EnrolNodeAsync("holding-1");
        var lease = (await node.Api.GrantLeaseAsync(
            new("holding-request-1", "net", "c1", "eth0", new("shop", "cart-0", "u"), null, ["holding"]),
            Cancellation)).OrThrow().Leases[0];

        var reserved = await Api.JsonAsync("POST", "/v1/reservations", """{"addresses":"10.62.0.0/24"}""");
        var excluded = await Broker.Operator.DefinePoolAsync(
            "holding", new("10.62.0.0/16", Exclusions: ["10.62.0.0/24"]), Cancellation);
        var grown = await Broker.Operator.DefinePoolAsync(
            "holding", new("10.62.0.0/15", AddressCooldownSeconds: 0), Cancellation);

        Assert.Equal("address_held", reserved.Outcome);
        Assert.Contains("shop/cart-0 on node holding-1", reserved.Problem!.Detail, StringComparison.Ordinal);
        Assert.Equal("pool_change_refused", excluded.Problem!.Code);
        Assert.Contains($"{lease.Address} (pod shop/cart-0", excluded.Problem.Detail, StringComparison.Ordinal);
        Assert.Equal("10.62.0.0/15", grown.OrThrow().Cidr);
        Assert.True(grown.OrThrow().Open);
    }

    [Fact]
    public async Task A_change_of_a_pool_that_somebody_else_changed_is_a_conflict()
    {
        var seen = await PoolAsync("shared", "10.66.0.0/16");
        var first = await Broker.Operator.DefinePoolAsync(
            "shared", new("10.66.0.0/16", BlocksPerNodeMax: 2, Position: seen), Cancellation);

        var second = await Broker.Operator.DefinePoolAsync(
            "shared", new("10.66.0.0/16", BlocksPerNodeMax: 3, Position: seen), Cancellation);
        var unknown = await Broker.Operator.DefinePoolAsync(
            "unseen", new("10.67.0.0/16", Position: seen), Cancellation);

        Assert.Equal("conflict", second.Problem!.Code);
        Assert.Contains($"{first.OrThrow().Position}", second.Problem.Detail, StringComparison.Ordinal);
        Assert.Equal("pool_unknown", unknown.Problem!.Code);
    }

    private async Task<long> PoolAsync(string name, string cidr) =>
        (await Broker.Operator.DefinePoolAsync(name, new(cidr, Open: true), Cancellation)).OrThrow().Position;

    private async Task<AddressAnswer> WhoAsync(string address, string? at = null) =>
        (await Broker.Auditor.WhoHoldsAsync(address, at, Cancellation)).OrThrow();

    private async Task<ReservationInfo> MakeAsync(string body)
    {
        var answer = await Api.JsonAsync("POST", "/v1/reservations", body);
        return JsonSerializer.Deserialize(answer.Text, BrokerJson.Default.ReservationInfo)!;
    }

    private async Task<ReservationDroppedResponse> DropAsync(string addresses, long position)
    {
        var answer = await Api.SendAsync("DELETE", $"/v1/reservations?addresses={addresses}&position={position}");
        return JsonSerializer.Deserialize(answer.Text, BrokerJson.Default.ReservationDroppedResponse)!;
    }

    private async Task<IReadOnlyList<ReservationInfo>> ListAsync()
    {
        var answer = await Api.SendAsync("GET", "/v1/reservations");
        return JsonSerializer.Deserialize(answer.Text, BrokerJson.Default.ReservationList)!.Reservations;
    }
}
