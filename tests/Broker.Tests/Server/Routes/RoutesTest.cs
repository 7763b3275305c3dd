using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Broker.Contracts;
using Broker.Contracts.Blocks;
using Broker.Contracts.Routes;
using Broker.Contracts.Routing;
using Broker.Core.Names;
using Broker.Server.Api.Routes;
using Broker.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Broker.Tests.Server.Routes;

public sealed partial class RoutesTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private TestBroker Broker => fixture.Broker;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_block_of_a_routed_or_host_pool_is_routed_to_its_node_and_flat_ones_need_no_route()
    {
        await DefineAsync("rt-routed", "10.20.0.0/16", "routed");
        await DefineAsync("rt-host", "10.21.0.0/16", "host");
        await DefineAsync("rt-flat", "10.22.0.0/16", "flat");
        await DefineAsync("rt-six", "fd20::/48", "routed");
        var node = await Broker.EnrolNodeAsync("route-a");
        _ = (await node.Api.GrantBlocksAsync(
            new BlocksRequest("routes-1", ["rt-routed", "rt-host", "rt-flat", "rt-six"]), Cancellation)).OrThrow();

        var seen = (await RoutesAsync()).Where(route => route.Node == "route-a").ToList();
        Assert.Equal(["rt-routed", "rt-host", "rt-six"], seen.Select(route => route.Pool));
        Assert.Equal(["127.0.0.1", "127.0.0.1", null], seen.Select(route => route.Via));
        Assert.Equal([true, true, false], seen.Select(route => route.SeenAt is not null));
        Assert.Contains(
            "# 10.20.0.0/26 is on node route-a, seen at 127.0.0.1, which is no next hop\n",
            await TextAsync(),
            StringComparison.Ordinal);

        Move(seen[0], "192.0.2.9");
        Move(seen[0], "2001:db8::9");
        var text = await TextAsync();
        Assert.Contains(
            "ip route replace 10.20.0.0/26 via 192.0.2.9 proto static # node route-a\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains(
            "ip route replace fd20::/122 via 2001:db8::9 proto static # node route-a\n",
            text,
            StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
    }

    [Fact]
    public async Task A_block_whose_node_was_not_seen_since_the_start_has_no_address()
    {
        await DefineAsync("rt-unseen", "10.23.0.0/16", "routed");
        var node = await Broker.EnrolNodeAsync("route-b");
        var block = (await node.Api.GrantBlocksAsync(
            new BlocksRequest("routes-2", ["rt-unseen"]), Cancellation)).OrThrow().Blocks[0];
        Broker.Host.Services.GetRequiredService<SeenNodeAddresses>().Forget(NodeName.Parse("route-b"));

        var route = Assert.Single(await RoutesAsync(), route => route.Block == block.Block);
        Assert.Null(route.Via);
        Assert.Null(route.SeenAt);
        Assert.Contains(
            $"# {block.Block} is on node route-b, not seen yet\n", await TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_only_named_or_refused_is_not_seen()
    {
        var addresses = Broker.Host.Services.GetRequiredService<SeenNodeAddresses>();
        var thief = Broker.NewNode("route-c");
        thief.Forge();

        Assert.Equal("unwitnessed", (await thief.Raw().SendAsync("GET", ApiRoutes.Blocks)).Outcome);
        Assert.Equal("200", (await Broker.Raw(TestListener.People, Broker.AuditorCertificate)
            .SendAsync("GET", ApiRoutes.Routes)).Outcome);

        Assert.False(addresses.Knows(NodeName.Parse("route-c")));
    }

    [Fact]
    public async Task Another_format_is_refused_by_name()
    {
        var answer = await Broker.Raw(TestListener.People, Broker.OperatorCertificate)
            .SendAsync("GET", $"{ApiRoutes.Routes}?format=bird");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("query_invalid", answer.Outcome);
    }

    private void Move(RouteInfo route, string address) =>
        Broker.Host.Services.GetRequiredService<SeenNodeAddresses>().Record(
            NodeName.Parse(route.Node), NodeUid.Parse(route.NodeUid), IPAddress.Parse(address));

    private async Task DefineAsync(string name, string cidr, string network) =>
        (await Broker.Operator.DefinePoolAsync(name, new(cidr, Network: network, Open: true), Cancellation)).OrThrow();

    private async Task<IReadOnlyList<RouteInfo>> RoutesAsync()
    {
        var answer = await Broker.Raw(TestListener.People, Broker.AuditorCertificate)
            .SendAsync("GET", ApiRoutes.Routes);
        return JsonSerializer.Deserialize(answer.Body, BrokerJson.Default.RouteList)!.Routes;
    }

    private async Task<string> TextAsync()
    {
        var answer = await Broker.Raw(TestListener.People, Broker.OperatorCertificate)
            .SendAsync("GET", $"{ApiRoutes.Routes}?format=ip-route");
        Assert.Equal("text/plain", answer.ContentType);
        return answer.Text;
    }

    [GeneratedRegex(@"^(#.*|ip route replace [0-9a-f.:]+/[0-9]+ via [0-9a-f.:]+ proto static # node [a-z0-9.-]+)$")]
    private static partial Regex Line();
}
