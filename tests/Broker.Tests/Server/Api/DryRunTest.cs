using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Broker.Core.Names;
using Broker.Journal.Writing;
using Broker.Server.Api;
using Broker.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Broker.Tests.Server.Api;

/// <summary>
/// Every change of an operator can be tried first: the answer is the one to come, and nothing happens.
/// </summary>
public sealed class DryRunTest : IAsyncLifetime
{
    // What is made at random, or known only once it is signed, or tells the time.
    private static readonly string[] unforeseen =
        ["token", "id", "expires", "status", "certificate", "madeAt", "ledger"];

    private readonly Dictionary<string, string> _pending = [];
    private TestBroker _broker = null!;
    private RawApi _api = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.StartAsync(new TestBrokerPlan
        {
            Settings = new Dictionary<string, string?> { ["enrolment:approve"] = "operator" },
        });
        _api = _broker.Raw(TestListener.People, _broker.OperatorCertificate);
        foreach (var name in (string[])["dry-node", "dry-other", "dry-yes", "dry-no"])
        {
            var token = await _broker.IssueTokenAsync(name);
            var filed = (await _broker.Enrol.EnrolAsync(
                token, _broker.NewNode(name).SigningRequest(), Cancellation)).OrThrow();
            _pending.Add(name, filed.Name);
        }

        Assert.Equal("200", (await _api.SendAsync("POST", $"/v1/csrs/{_pending["dry-node"]}/approve")).Outcome);
        Assert.Equal("200", (await _api.SendAsync("POST", $"/v1/csrs/{_pending["dry-other"]}/approve")).Outcome);
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task Every_change_can_be_tried_and_is_done_only_when_it_is_meant()
    {
        var changes = _broker.Host.Services.GetRequiredService<EndpointTable>().Rows
            .Where(row => row.Listener == ListenerKind.People && row.Method != "GET");
        foreach (var row in changes)
        {
            var (path, body) = await CaseAsync($"{row.Method} {row.Path}");
            var before = await StateAsync();

            var tried = await SendAsync(row.Method, DryRunOf(path), body);
            Assert.Equal($"{row.Path} 200", $"{row.Path} {tried.Outcome}");
            Assert.Equal("true", tried.Headers["Broker-Dry-Run"]);
            Assert.Equal($"{row.Path} {before}", $"{row.Path} {await StateAsync()}");

            var done = await SendAsync(row.Method, path, body);
            Assert.Equal($"{row.Path} 200", $"{row.Path} {done.Outcome}");
            Assert.False(done.Headers.ContainsKey("Broker-Dry-Run"));
            Assert.NotEqual($"{row.Path} {before}", $"{row.Path} {await StateAsync()}");
            Assert.Equal($"{row.Path} {Foreseen(done)}", $"{row.Path} {Foreseen(tried)}");
        }

        Assert.Empty(_broker.Log.Errors);
    }

    [Fact]
    public async Task A_tried_token_shows_no_secret_and_a_tried_approval_leaves_the_request_pending()
    {
        var token = JsonNode.Parse((await _api.SendAsync("POST", "/v1/tokens?dryRun=true")).Text)!;
        var csr = _pending["dry-yes"];
        var approved = JsonNode.Parse((await _api.SendAsync("POST", $"/v1/csrs/{csr}/approve?dryRun=true")).Text)!;

        Assert.Equal(("", ""), ((string?)token["token"], (string?)token["id"]));
        Assert.Equal(("approved", "olga"), ((string?)approved["status"], (string?)approved["approver"]));
        Assert.Null(approved["certificate"]);
        var listed = (await _broker.Operator.ListCsrsAsync(Cancellation)).OrThrow().Csrs;
        Assert.Equal("pending", listed.Single(info => info.Name == csr).Status);
    }

    [Fact]
    public async Task A_tried_approval_stores_no_request()
    {
        var node = _broker.NewNode("dry-blob");
        var pem = node.SigningRequest();
        var filed = (await _broker.Enrol.EnrolAsync(
            await _broker.IssueTokenAsync("dry-blob"), pem, Cancellation)).OrThrow();
        var fields = PemEncoding.Find(pem);
        var bytes = Convert.FromBase64String(pem[fields.Base64Data]);
        var hash = BlobHash.Parse(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        var store = _broker.Host.Services.GetRequiredService<LedgerWriter>().Store;

        _ = await _api.SendAsync("POST", $"/v1/csrs/{filed.Name}/approve?dryRun=true");
        Assert.Null(await store.GetBlobAsync(hash, Cancellation));
        _ = await _api.SendAsync("POST", $"/v1/csrs/{filed.Name}/approve");
        Assert.NotNull(await store.GetBlobAsync(hash, Cancellation));
    }

    [Theory]
    [InlineData("POST", "/v1/nodes/nobody/fence", null, "node_unknown")]
    [InlineData("POST", "/v1/csrs/nothing/deny", null, "csr_unknown")]
    [InlineData("PUT", "/v1/pools/dry", """{"cidr":"10.9.0.0/33"}""", "invalid_field")]
    [InlineData("PUT", "/v1/pools/dry", """{"cidr":"10.9.0.0/16","blockPrefixLength":8}""", "invalid_pool")]
    [InlineData("POST", "/v1/reservations", """{"addresses":"192.0.2.1"}""", "pool_unknown")]
    public async Task A_tried_change_is_refused_like_a_meant_one(string method, string path, string? body, string code)
    {
        var before = await StateAsync();

        var tried = await SendAsync(method, path + "?dryRun=true", body);
        var meant = await SendAsync(method, path, body);

        Assert.Equal((code, "true"), (tried.Outcome, tried.Headers.GetValueOrDefault("Broker-Dry-Run")));
        Assert.Equal(code, meant.Outcome);
        Assert.Equal(before, await StateAsync());
    }

    /// <summary>A call of a row that changes something now; each row of a change needs one here.</summary>
    private async Task<(string Path, string? Body)> CaseAsync(string row) => row switch
    {
        "PUT /v1/pools/{name}" => ("/v1/pools/dry", """{"cidr":"10.50.0.0/16","reason":"r"}"""),
        "POST /v1/pools/{name}/open" => ("/v1/pools/dry/open", null),
        "POST /v1/pools/{name}/drain" => await LeavingAsync(),
        "POST /v1/pools/{name}/retire" => ("/v1/pools/leaving/retire", null),
        "POST /v1/reservations" => (
            "/v1/reservations", """{"addresses":"10.50.0.0/30","name":"r-1","owner":"Ada","reason":"r"}"""),
        "DELETE /v1/reservations" => (
            $"/v1/reservations?addresses=10.50.0.0/30&position={await ReservationAsync()}", null),
        "POST /v1/blocks/{cidr}/reclaim" => await BlockAsync(),
        "POST /v1/tokens" => ("/v1/tokens", """{"nodes":["n-1"],"ttlSeconds":60}"""),
        "DELETE /v1/tokens/{id}" => ($"/v1/tokens/{(await _broker.IssueTokenAsync())[..6]}", null),
        "POST /v1/csrs/{name}/approve" => ($"/v1/csrs/{_pending["dry-yes"]}/approve", null),
        "POST /v1/csrs/{name}/deny" => ($"/v1/csrs/{_pending["dry-no"]}/deny", """{"reason":"r"}"""),
        "POST /v1/nodes/{name}/fence" => ("/v1/nodes/dry-node/fence", """{"reason":"r"}"""),
        "POST /v1/nodes/{name}/quarantine" => ("/v1/nodes/dry-node/quarantine", null),
        "POST /v1/nodes/{name}/readmit" => ("/v1/nodes/dry-node/readmit", null),
        "POST /v1/nodes/{name}/retire" => ("/v1/nodes/dry-node/retire", null),
        "POST /v1/nodes/{name}/adopt" => (
            "/v1/nodes/dry-other/adopt", $$"""{"certificate":"{{await ShownAsync()}}","reason":"r"}"""),
        "POST /v1/nodes/{name}/deny" => ("/v1/nodes/dry-other/deny", """{"reason":"r"}"""),
        "POST /v1/readmissions" => await FencedAsync(),
        _ => throw new InvalidOperationException($"'{row}' changes something: let it take dryRun, and try it here."),
    };

    /// <summary>A certificate that nobody witnessed, shown once.</summary>
    private async Task<string> ShownAsync()
    {
        var forged = _broker.NewNode("dry-other");
        forged.Forge();
        _ = await forged.Api.WhoAmIAsync(Cancellation);
        return Convert.ToHexStringLower(SHA256.HashData(forged.Certificate.RawData));
    }

    /// <summary>A block of a node of its own.</summary>
    private async Task<(string Path, string? Body)> LeavingAsync()
    {
        _ = (await _broker.Operator.DefinePoolAsync("leaving", new("10.55.0.0/24"), Cancellation)).OrThrow();
        return ("/v1/pools/leaving/drain", null);
    }

    private async Task<(string Path, string? Body)> BlockAsync()
    {
        var (node, token) = (_broker.NewNode("dry-block"), await _broker.IssueTokenAsync("dry-block"));
        var filed = (await _broker.Enrol.EnrolAsync(token, node.SigningRequest(), Cancellation)).OrThrow();
        _ = await _api.SendAsync("POST", $"/v1/csrs/{filed.Name}/approve");
        await node.EnrolAsync(token);
        var block = (await node.Api.GrantBlocksAsync(new("dry-request-1"), Cancellation)).OrThrow().Blocks[0];
        return (
            $"/v1/blocks/{Uri.EscapeDataString(block.Block)}/reclaim",
            $$"""{"generation":{{block.Generation}},"evidence":"machine_off","reason":"r"}""");
    }

    private async Task<(string Path, string? Body)> FencedAsync()
    {
        _ = await _api.SendAsync("POST", "/v1/nodes/dry-other/fence");
        return ("/v1/readmissions", """{"nodes":[{"name":"dry-other"}],"reason":"r"}""");
    }

    private async Task<long> ReservationAsync() =>
        (long)JsonNode.Parse((await _api.SendAsync("GET", "/v1/reservations")).Text)!["reservations"]![0]!["position"]!;

    private static string DryRunOf(string path) =>
        path + (path.Contains('?', StringComparison.Ordinal) ? "&dryRun=true" : "?dryRun=true");

    private Task<RawAnswer> SendAsync(string method, string path, string? body) =>
        body is null ? _api.SendAsync(method, path) : _api.JsonAsync(method, path, body);

    private async Task<string> StateAsync()
    {
        var ledger = (await _broker.Operator.WhoAmIAsync(Cancellation)).OrThrow().Ledger;
        return $"{ledger.Size} {ledger.Root}";
    }

    private static string Foreseen(RawAnswer answer)
    {
        var json = JsonNode.Parse(answer.Text)!.AsObject();
        foreach (var name in unforeseen)
        {
            _ = json.Remove(name);
        }

        return json.ToJsonString();
    }
}
