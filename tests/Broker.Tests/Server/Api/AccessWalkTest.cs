using System.Security.Cryptography.X509Certificates;
using Broker.Contracts.Routing;
using Broker.Server.Api;
using Broker.Testing.Servers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Broker.Tests.Server.Api;

public sealed class AccessWalkTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private static readonly string[] refusals =
    [
        "client_certificate_required", "forbidden_role", "unwitnessed", "superseded", "node_fenced", "node_retired",
        "node_uid_changed", "not_found", "method_not_allowed",
    ];

    private TestBroker Broker => fixture.Broker;

    private IReadOnlyList<EndpointRow> Table => Broker.Host.Services.GetRequiredService<EndpointTable>().Rows;

    [Fact]
    public void The_table_of_endpoints_is_the_one_that_is_expected() =>
        Assert.Equal(
            ExpectedAccess.Rows.Keys.Order(StringComparer.Ordinal), Table.Select(Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Nothing_is_mapped_that_does_not_stand_in_the_table()
    {
        var endpoints = Broker.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        Assert.Equal(Table.Count, endpoints.Count);
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<EndpointRow>()));
    }

    [Fact]
    public async Task Every_kind_of_caller_gets_through_every_endpoint_that_is_for_it_and_no_other()
    {
        var wrong = new List<string>();
        foreach (var (caller, certificate) in await CallersAsync())
        {
            foreach (var listener in Enum.GetValues<TestListener>())
            {
                if (certificate is not null && listener is TestListener.Enrol or TestListener.Health)
                {
                    continue; // These ask for no certificate, so that none is ever sent.
                }

                await WalkAsync(caller, listener, Broker.Raw(listener, certificate), wrong);
            }
        }

        Assert.Empty(wrong);
        Assert.Empty(Broker.Log.Errors);
    }

    [Fact]
    public async Task What_belongs_to_another_listener_is_not_found()
    {
        var node = await Broker.EnrolNodeAsync("walk-listeners");
        foreach (var (listener, certificate) in new (TestListener, X509Certificate2?)[]
        {
            (TestListener.Node, node.Certificate), (TestListener.People, Broker.OperatorCertificate),
            (TestListener.Enrol, null), (TestListener.Health, null),
        })
        {
            var api = Broker.Raw(listener, certificate);
            var own = Table.Where(row => (int)row.Listener == (int)listener).ToList();
            foreach (var row in Table.Where(row => (int)row.Listener != (int)listener))
            {
                var samePath = own.Where(other => other.Path == row.Path).Select(other => other.Method).ToList();
                if (samePath.Contains(row.Method))
                {
                    continue;
                }

                var answer = await api.SendAsync(row.Method, ServerPaths.Fill(row.Path));
                Assert.Equal(
                    $"{Key(row)} {(samePath.Count == 0 ? "not_found" : "method_not_allowed")}",
                    $"{Key(row)} {answer.Outcome}");
                Assert.Equal(samePath.Count == 0 ? 404 : 405, (int)answer.Status);
            }
        }
    }

    [Theory]
    [InlineData("POST", "/v1/whoami", "GET")]
    [InlineData("PATCH", "/v1/pools/a", "GET, PUT")]
    [InlineData("HEAD", "/v1/nodes", "GET")]
    [InlineData("POST", "/v1/blocks", "GET")]
    [InlineData("BREW", "/v1/tokens", "GET, POST")]
    public async Task A_wrong_method_is_told_which_ones_this_listener_takes(string method, string path, string allow)
    {
        var answer = await Broker.Raw(TestListener.People, Broker.OperatorCertificate).SendAsync(method, path);

        Assert.Equal(405, (int)answer.Status);
        Assert.Equal(allow, answer.Headers["Allow"]);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("192.0.2.1")]
    [InlineData("localhost.evil.example")]
    public async Task A_foreign_authority_is_misdirected(string host)
    {
        var answer = await Broker.Raw(TestListener.People, Broker.OperatorCertificate)
            .SendAsync("GET", ApiRoutes.Pools, ("Host", host));

        Assert.Equal(421, (int)answer.Status);
        Assert.Equal("misdirected", answer.Outcome);
    }

    [Fact]
    public async Task A_quarantined_node_may_look_and_release_but_gets_nothing_new()
    {
        var node = await Broker.EnrolNodeAsync("walk-quarantine");
        _ = (await Broker.Operator.ChangeStandingAsync(
            ApiRoutes.NodeQuarantine, node.Name, new(), TestContext.Current.CancellationToken)).OrThrow();

        var asked = await node.Raw().JsonAsync("POST", ApiRoutes.Blocks, """{"requestId":"quarantine-1"}""");
        var listed = await node.Raw().SendAsync("GET", ApiRoutes.Leases);

        Assert.Equal("node_quarantined", asked.Outcome);
        Assert.Equal("200", listed.Outcome);
    }

    private async Task WalkAsync(WalkCaller caller, TestListener listener, RawApi api, List<string> wrong)
    {
        foreach (var row in Table.Where(row => (int)row.Listener == (int)listener))
        {
            var outcome = await TryAsync(api, row);
            var allowed = (ExpectedAccess.Rows[Key(row)] & caller) != 0;
            var good = (ExpectedAccess.Connects(listener, caller), allowed) switch
            {
                (false, _) => outcome == "no answer",
                (true, true) => !refusals.Contains(outcome) && outcome != "no answer",
                (true, false) => outcome == ExpectedAccess.Refusal(caller),
            };
            if (!good)
            {
                wrong.Add($"{caller} {Key(row)}: {outcome}");
            }
        }
    }

    private static async Task<string> TryAsync(RawApi api, EndpointRow row)
    {
        try
        {
            var answer = await api.SendAsync(row.Method, ServerPaths.Fill(row.Path), null, null, [], headOnly: true);
            return answer.Outcome;
        }
        catch (HttpRequestException)
        {
            return "no answer";
        }
    }

    private async Task<IReadOnlyDictionary<WalkCaller, X509Certificate2?>> CallersAsync()
    {
        var good = await Broker.EnrolNodeAsync("walk-good");
        var quarantined = await StandingAsync("walk-quarantined", ApiRoutes.NodeQuarantine);
        var fenced = await StandingAsync("walk-fenced", ApiRoutes.NodeFence);
        var retired = await StandingAsync("walk-retired", ApiRoutes.NodeRetire);
        var forged = Broker.NewNode("walk-forged");
        forged.Forge();
        return new Dictionary<WalkCaller, X509Certificate2?>
        {
            [WalkCaller.NoCertificate] = null,
            [WalkCaller.Node] = good.Certificate,
            [WalkCaller.QuarantinedNode] = quarantined.Certificate,
            [WalkCaller.FencedNode] = fenced.Certificate,
            [WalkCaller.RetiredNode] = retired.Certificate,
            [WalkCaller.UnwitnessedNode] = forged.Certificate,
            [WalkCaller.Operator] = Broker.OperatorCertificate,
            [WalkCaller.Auditor] = Broker.AuditorCertificate,
        };
    }

    private async Task<TestNode> StandingAsync(string name, string route)
    {
        var node = await Broker.EnrolNodeAsync(name);
        _ = (await Broker.Operator.ChangeStandingAsync(
            route, name, new(), TestContext.Current.CancellationToken)).OrThrow();
        return node;
    }

    private static string Key(EndpointRow row) => $"{row.Listener} {row.Method} {row.Path}";
}
