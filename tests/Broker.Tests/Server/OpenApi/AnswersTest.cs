using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Broker.Server.Api;
using Broker.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Broker.Tests.Server.OpenApi;

/// <summary>
/// Walks all endpoints with requests that succeed, and with ones that do not; each answer is as described.
/// </summary>
public sealed class AnswersTest : IAsyncLifetime
{
    private readonly Dictionary<ListenerKind, Description> _documents = [];
    private readonly Dictionary<(TestListener, string?), RawApi> _apis = [];
    private readonly HashSet<string> _done = [];
    private readonly List<string> _faults = [];
    private TestBroker _broker = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.StartAsync();
        foreach (var listener in Enum.GetValues<ListenerKind>())
        {
            _documents[listener] = await Description.ReadAsync(_broker, listener);
        }
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task Every_answer_is_as_it_is_described()
    {
        await WalkPoolsAsync();
        var (node, spare) = (await _broker.EnrolNodeAsync("doc-node"), await _broker.EnrolNodeAsync("doc-spare"));
        await WalkNodeAsync(node);
        await WalkPeopleAsync(spare);
        await WalkCsrsAsync();
        foreach (var path in new[] { "/healthz", "/readyz", "/metrics" })
        {
            await GoodAsync(TestListener.Health, null, "GET", path);
        }

        var rows = _broker.Host.Services.GetRequiredService<EndpointTable>().Rows;
        foreach (var row in rows)
        {
            var certificate = row.Listener switch
            {
                ListenerKind.Node => node.Certificate,
                ListenerKind.People => _broker.OperatorCertificate,
                _ => null,
            };
            _ = await AskAsync(
                (TestListener)row.Listener, certificate, row.Method, ServerPaths.Fill(row.Path), null, []);
        }

        Assert.Empty(_faults);
        var left = rows.Select(row => row.About!.Id + "@" + row.Listener).Except(_done).Where(IsReadWhole).ToList();
        Assert.Empty(left);
    }

    // The document itself is no wire type, and the stream never ends: neither is read whole here.
    private static bool IsReadWhole(string id) =>
        !id.StartsWith("describe@", StringComparison.Ordinal) && id != "streamEvents@People";

    private async Task WalkPoolsAsync()
    {
        await OperatorAsync("PUT", "/v1/pools/doc", """{"cidr":"10.40.0.0/16","exclusions":["10.40.0.9"]}""");
        await OperatorAsync("POST", "/v1/pools/doc/open");
        await OperatorAsync("PUT", "/v1/pools/gone", """{"cidr":"10.79.0.0/24","open":true}""");
        await OperatorAsync("POST", "/v1/pools/gone/drain");
        await OperatorAsync("POST", "/v1/pools/gone/retire");
        await OperatorAsync("GET", "/v1/pools");
        await OperatorAsync("GET", "/v1/pools/doc");
        var made = await OperatorAsync(
            "POST", "/v1/reservations", """{"addresses":"10.40.9.1","mac":"02:00:5e:10:00:01","owner":"walk"}""");
        await OperatorAsync("GET", "/v1/reservations");
        await OperatorAsync("GET", "/v1/addresses/10.40.9.1");
        await OperatorAsync("DELETE", $"/v1/reservations?addresses=10.40.9.1&position={made["position"]}");
        var token = await OperatorAsync("POST", "/v1/tokens", """{"nodes":["doc-x"]}""");
        await OperatorAsync("GET", "/v1/tokens");
        await OperatorAsync("DELETE", $"/v1/tokens/{token["id"]}");
    }

    private async Task WalkNodeAsync(TestNode node)
    {
        Task<JsonNode> AskNodeAsync(string method, string path, string? body = null) =>
            GoodAsync(TestListener.Node, node.Certificate, method, path, body);

        _ = await AskNodeAsync("GET", "/v1/whoami");
        var blocks = await AskNodeAsync("POST", "/v1/blocks", """{"requestId":"doc-request-1"}""");
        _ = await AskNodeAsync("GET", "/v1/blocks");
        _ = await AskNodeAsync(
            "POST",
            "/v1/leases",
            """{"requestId":"doc-request-2","network":"n","containerId":"c","interface":"eth0"}""");
        _ = await AskNodeAsync("GET", "/v1/leases");
        foreach (var path in new[]
        {
            "/v1/blocks", "/v1/blocks/waiting", "/v1/leases?node=doc-node", "/v1/routes", "/v1/addresses/10.40.0.2",
        })
        {
            await OperatorAsync("GET", path);
        }

        _ = await GoodTextAsync("/v1/routes?format=ip-route");
        _ = await AskNodeAsync("DELETE", "/v1/leases?network=n&containerId=c&interface=eth0");
        var last = await OperatorAsync("GET", "/v1/addresses/10.40.0.2");
        _ = await OperatorAsync("GET", $"/v1/addresses/10.40.0.2?at={last["at"]}");
        var (block, generation) = (blocks["blocks"]![0]!["block"], blocks["blocks"]![0]!["generation"]);
        _ = await AskNodeAsync("DELETE", $"/v1/blocks?block={block}&generation={generation}");
        var csr = new JsonObject { ["csr"] = node.WithNewKey().SigningRequest() };
        _ = await AskNodeAsync("POST", "/v1/renew", csr.ToJsonString());
    }

    private async Task WalkPeopleAsync(TestNode spare)
    {
        await OperatorAsync("GET", "/v1/whoami");
        await OperatorAsync("GET", "/v1/nodes");
        await OperatorAsync("GET", $"/v1/nodes/{spare.Name}");
        await OperatorAsync("GET", $"/v1/nodes/{spare.Name}/custody");
        await WalkReclaimAsync(spare);
        var forged = _broker.NewNode(spare.Name);
        forged.Forge();
        _ = await forged.Api.WhoAmIAsync(TestContext.Current.CancellationToken); // Refused, and seen.
        var hash = Convert.ToHexStringLower(SHA256.HashData(forged.Certificate.RawData));
        await OperatorAsync("POST", $"/v1/nodes/{spare.Name}/adopt", $$"""{"certificate":"{{hash}}"}""");
        await OperatorAsync("POST", $"/v1/nodes/{spare.Name}/deny", $$"""{"certificate":"{{hash}}"}""");
        await OperatorAsync("POST", "/v1/readmissions", $$"""{"nodes":[{"name":"{{spare.Name}}"}]}""");
        foreach (var verb in new[] { "quarantine", "fence", "readmit", "retire" })
        {
            await OperatorAsync("POST", $"/v1/nodes/{spare.Name}/{verb}", """{"reason":"walk"}""");
        }
    }

    private async Task WalkReclaimAsync(TestNode spare)
    {
        var blocks = await GoodAsync(
            TestListener.Node, spare.Certificate, "POST", "/v1/blocks", """{"requestId":"doc-request-3"}""");
        var (block, generation) = ((string)blocks["blocks"]![0]!["block"]!, blocks["blocks"]![0]!["generation"]);
        await OperatorAsync(
            "POST",
            $"/v1/blocks/{Uri.EscapeDataString(block)}/reclaim",
            $$"""{"generation":{{generation}},"evidence":"machine_off","reason":"walk"}""");
        await OperatorAsync("POST", $"/v1/nodes/{spare.Name}/readmit");
    }

    private async Task WalkCsrsAsync()
    {
        foreach (var verb in new[] { "approve", "deny" })
        {
            // A name with a live identity waits for an operator.
            var body = new JsonObject { ["csr"] = _broker.NewNode("doc-node").SigningRequest() };
            var token = await _broker.IssueTokenAsync();
            var filed = await GoodAsync(
                TestListener.Enrol,
                null,
                "POST",
                "/v1/enrol",
                body.ToJsonString(),
                ("Authorization", $"Bearer {token}"));
            await OperatorAsync("GET", "/v1/csrs");
            await OperatorAsync("POST", $"/v1/csrs/{filed["name"]}/{verb}");
        }
    }

    private Task<JsonNode> OperatorAsync(string method, string path, string? body = null) =>
        GoodAsync(TestListener.People, _broker.OperatorCertificate, method, path, body);

    private async Task<string> GoodTextAsync(string path)
    {
        var answer = await AskAsync(TestListener.People, _broker.OperatorCertificate, "GET", path, null, []);
        Assert.Equal("200", answer.Outcome);
        return answer.Text;
    }

    private async Task<JsonNode> GoodAsync(
        TestListener listener,
        X509Certificate2? certificate,
        string method,
        string path,
        string? body = null,
        params (string Name, string Value)[] headers)
    {
        var answer = await AskAsync(listener, certificate, method, path, body, headers);
        Assert.True(answer.Outcome == "200", $"{method} {path}: {answer.Text}");
        _ = _done.Add(_documents[(ListenerKind)listener].IdOf(method, path) + "@" + (ListenerKind)listener);
        return answer.ContentType == "application/json" ? JsonNode.Parse(answer.Text)! : new JsonObject();
    }

    private async Task<RawAnswer> AskAsync(
        TestListener listener,
        X509Certificate2? certificate,
        string method,
        string path,
        string? body,
        (string Name, string Value)[] headers)
    {
        // One connection each: there are limits.
        if (!_apis.TryGetValue((listener, certificate?.Thumbprint), out var api))
        {
            _apis.Add((listener, certificate?.Thumbprint), api = _broker.Raw(listener, certificate));
        }

        var answer = body is null
            ? await api.SendAsync(method, path, null, null, headers, headOnly: path is "/v1/events" or "/openapi.json")
            : await api.JsonAsync(method, path, body, headers);
        if (answer.Body.Length > 0)
        {
            _faults.AddRange(_documents[(ListenerKind)listener].Faults(method, path, answer));
        }

        return answer;
    }
}
