using System.Text;
using System.Text.Json;
using Broker.Cni.Brokers;
using Broker.Contracts;
using Broker.Contracts.Leases;
using Broker.Contracts.Ledgers;
using Broker.Contracts.Problems;
using Xunit;

namespace Broker.Tests.Cni;

/// <summary>The wire as the plugin writes and reads it by hand, against the wire types themselves.</summary>
public sealed class LeaseWireTest
{
    private static readonly LedgerPosition ledger = new("origin", 1, 7, "00");

    private static readonly LeaseInfo lease = new(
        "fd00::2", 122, "fd00::1", "pods", "fd00::/122", 4, "node-a", "net", "c1", "eth0", new("ns", "pod", "uid"), "ab",
        "2026-01-31T12:00:00.000001Z", 9);

    [Fact]
    public void A_request_is_what_a_strict_server_reads()
    {
        var request = new LeaseRequest(
            "request-1", "net", "c\"1", "eth0", new("ns", "pod", "uid"), ["ipv4"], ["pool-a", "pool-b"]);

        var read = JsonSerializer.Deserialize(LeaseWire.Write(request), StrictJson.Context.LeaseRequest)!;

        Assert.Equal(
            JsonSerializer.Serialize(request, BrokerJson.Default.LeaseRequest),
            JsonSerializer.Serialize(read, BrokerJson.Default.LeaseRequest));
    }

    [Fact]
    public void What_is_optional_may_be_left_out()
    {
        var read = JsonSerializer.Deserialize(
            LeaseWire.Write(new LeaseRequest("request-1", "net", "c1", "eth0")), StrictJson.Context.LeaseRequest)!;

        Assert.Equal((null, null, null), (read.Pod, read.Families, read.Pools));
    }

    [Fact]
    public void Answers_are_read_as_the_server_writes_them()
    {
        var granted = Bytes(
            new LeasesGrantedResponse([lease, lease with { Gateway = null }], true, ledger),
            BrokerJson.Default.LeasesGrantedResponse);
        var released = Bytes(
            new LeasesReleasedResponse(["10.0.0.2"], ledger), BrokerJson.Default.LeasesReleasedResponse);
        var list = Bytes(new LeaseList([lease], true, ledger), BrokerJson.Default.LeaseList);
        var whoAmI = Bytes(
            new WhoAmI("node", "node-a", "ab", "later", "uid", "quarantined", "current", ledger),
            BrokerJson.Default.WhoAmI);

        Assert.Equal(
            [new GrantedAddress("fd00::2", 122, "fd00::1"), new GrantedAddress("fd00::2", 122, null)],
            LeaseWire.ReadGranted(granted));
        Assert.Equal(["10.0.0.2"], LeaseWire.ReadReleased(released));
        Assert.True(LeaseWire.ReadList(list)!.Truncated);
        Assert.Equal(
            new HeldLease(
                "fd00::2",
                new AttachmentName("net", "c1", "eth0"),
                new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(1)),
            Assert.Single(LeaseWire.ReadList(list)!.Leases));
        Assert.Equal("quarantined", LeaseWire.ReadStanding(whoAmI));
    }

    [Fact]
    public void So_are_problems()
    {
        var problem = new Problem("urn:x", "Title.", 429, "rate_limited", "Detail.", "Next.", 3);

        Assert.Equal(problem, LeaseWire.ReadProblem(Bytes(problem, BrokerJson.Default.Problem)));
        Assert.Equal(
            problem with { RetryAfterSeconds = null },
            LeaseWire.ReadProblem(Bytes(problem with { RetryAfterSeconds = null }, BrokerJson.Default.Problem)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"leases":[],"released":7,"truncated":"no","standing":null,"code":1}""")]
    [InlineData("""{"leases":[{"address":null,"prefixLength":"24"}]}""")]
    public void What_is_not_the_message_is_not_taken_for_it(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        Assert.Null(LeaseWire.ReadGranted(bytes));
        Assert.Null(LeaseWire.ReadReleased(bytes));
        Assert.Null(LeaseWire.ReadList(bytes));
        Assert.Null(LeaseWire.ReadStanding(bytes));
        Assert.Null(LeaseWire.ReadProblem(bytes));
    }

    private static byte[] Bytes<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToUtf8Bytes(value, type);
}
