using System.Net;
using Broker.Core.Addresses;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Server.Api.Routes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Server.Routes;

public sealed class SeenNodeAddressesTest
{
    private static readonly NodeName node = NodeName.Parse("node-a");
    private static readonly NodeUid uid = NodeUid.Parse("00000000-0000-0000-0000-000000000001");
    private readonly FakeTimeProvider _time = new();
    private readonly SeenNodeAddresses _seen;

    public SeenNodeAddressesTest() => _seen = new SeenNodeAddresses(_time);

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", null)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7", null)]
    [InlineData("2001:db8::7", null, "2001:db8::7")]
    [InlineData("fe80::7%3", null, "fe80::7")]
    public void H09_an_address_counts_for_its_family(string source, string? four, string? six)
    {
        _seen.Record(node, uid, IPAddress.Parse(source));

        Assert.Equal(four, _seen.Find(node, uid, IpFamily.IPv4)?.Address.ToString());
        Assert.Equal(six, _seen.Find(node, uid, IpFamily.IPv6)?.Address.ToString());
    }

    [Fact]
    public void The_newest_address_of_a_family_counts_and_the_other_family_keeps_its_own()
    {
        _seen.Record(node, uid, IPAddress.Parse("192.0.2.7"));
        _seen.Record(node, uid, IPAddress.Parse("2001:db8::7"));
        _time.Advance(TimeSpan.FromMinutes(1));
        _seen.Record(node, uid, IPAddress.Parse("192.0.2.8"));

        var four = _seen.Find(node, uid, IpFamily.IPv4)!;
        Assert.Equal("192.0.2.8", four.Address.ToString());
        Assert.Equal(Instant.From(_time.GetUtcNow()), four.SeenAt);
        Assert.Equal("2001:db8::7", _seen.Find(node, uid, IpFamily.IPv6)!.Address.ToString());
    }

    [Fact]
    public void What_was_seen_of_an_earlier_Node_of_the_name_does_not_count()
    {
        var later = NodeUid.Parse("00000000-0000-0000-0000-000000000002");
        _seen.Record(node, uid, IPAddress.Parse("192.0.2.7"));
        Assert.Null(_seen.Find(node, later, IpFamily.IPv4));

        _seen.Record(node, later, IPAddress.Parse("2001:db8::7"));
        Assert.Null(_seen.Find(node, later, IpFamily.IPv4));

        _seen.Forget(node);
        Assert.Null(_seen.Find(node, later, IpFamily.IPv6));
    }
}
