using System.Text;
using System.Text.Json.Nodes;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Api;

public sealed class BadFieldTest(BadBodyFixture fixture) : IClassFixture<BadBodyFixture>
{
    [Theory]
    [InlineData("POST /v1/blocks", "requestId", "\"\"", "invalid_field")]
    [InlineData("POST /v1/blocks", "requestId", "\"short\"", "invalid_field")]
    [InlineData("POST /v1/blocks", "requestId", "\"white space\"", "invalid_field")]
    [InlineData("POST /v1/blocks", "pools", "[\"UPPER\"]", "invalid_field")]
    [InlineData("POST /v1/blocks", "pools", "[null]", "invalid_field")]
    [InlineData("POST /v1/blocks", "pools", "[\"a\",\"a\"]", "invalid_field")]
    [InlineData("POST /v1/leases", "requestId", "\"ü-and-more\"", "invalid_field")]
    [InlineData("POST /v1/leases", "network", "\"\"", "invalid_field")]
    [InlineData("POST /v1/leases", "network", "\"a/b\"", "invalid_field")]
    [InlineData("POST /v1/leases", "containerId", "\"../etc\"", "invalid_field")]
    [InlineData("POST /v1/leases", "interface", "\"sixteen-letters-\"", "invalid_field")]
    [InlineData("POST /v1/leases", "interface", "\"a b\"", "invalid_field")]
    [InlineData("POST /v1/leases", "pod", "{\"namespace\":\"A B\",\"name\":\"\",\"uid\":\"\"}", "invalid_field")]
    [InlineData("POST /v1/leases", "families", "[\"ipv5\"]", "invalid_field")]
    [InlineData("POST /v1/leases", "families", "[null]", "invalid_field")]
    [InlineData("POST /v1/leases", "families", "[\"ipv4\",\"ipv4\"]", "invalid_field")]
    [InlineData("POST /v1/leases", "pools", "[\"a.b\"]", "invalid_field")]
    [InlineData("PUT /v1/pools/bad", "cidr", "\"10.9.0.1/16\"", "invalid_field")]
    [InlineData("PUT /v1/pools/bad", "cidr", "\"nonsense\"", "invalid_field")]
    [InlineData("POST /v1/reservations", "addresses", "\"10.0.0.9-10.0.0.1\"", "invalid_field")]
    [InlineData("POST /v1/reservations", "addresses", "\"10.0.0.0/33\"", "invalid_field")]
    [InlineData("POST /v1/reservations", "addresses", "\"\"", "invalid_field")]
    [InlineData("POST /v1/reservations", "name", "\"a b\"", "invalid_field")]
    [InlineData("POST /v1/reservations", "mac", "\"02-00-5e-10-00-01\"", "invalid_field")]
    [InlineData("POST /v1/reservations", "mac", "\"01:00:5e:00:00:01\"", "invalid_field")]
    [InlineData("POST /v1/reservations", "mac", "\"00:00:00:00:00:00\"", "invalid_field")]
    [InlineData("POST /v1/tokens", "ttlSeconds", "0", "invalid_field")]
    [InlineData("POST /v1/tokens", "ttlSeconds", "-1", "invalid_field")]
    [InlineData("POST /v1/tokens", "ttlSeconds", "9223372036854775807", "invalid_field")]
    [InlineData("POST /v1/tokens", "nodes", "[\"Node\"]", "invalid_field")]
    [InlineData("POST /v1/tokens", "nodes", "[\"a\",\"a\"]", "invalid_field")]
    [InlineData("POST /v1/csrs/nothing/approve", "seenKey", "\"ABC\"", "invalid_field")]
    [InlineData("POST /v1/nodes/nobody/fence", "seenUid", "\"\"", "invalid_field")]
    public async Task A_member_of_the_wrong_form_is_refused_by_name(
        string call, string name, string value, string code)
    {
        var body = JsonNode.Parse(BodyCase.All[call].Good)!.AsObject();
        body[name] = JsonNode.Parse(value);

        var answer = await fixture.SendAsync(
            call, Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json");

        Assert.Equal(code, answer.Outcome);
        Assert.Contains(Where(name), answer.Problem!.Detail, StringComparison.Ordinal);
        Assert.Empty(fixture.Broker.Log.Errors);
    }

    [Theory]
    [InlineData("blockPrefixLength", "15", "invalid_pool")]
    [InlineData("blockPrefixLength", "33", "invalid_pool")]
    [InlineData("blockPrefixLength", "-1", "invalid_pool")]
    [InlineData("network", "\"bridged\"", "invalid_field")]
    [InlineData("commit", "\"\"", "invalid_field")]
    [InlineData("addressCooldownSeconds", "-1", "invalid_field")]
    [InlineData("addressCooldownSeconds", "86401", "invalid_field")]
    [InlineData("blockCooldownSeconds", "604801", "invalid_field")]
    [InlineData("blocksPerNodeMax", "0", "invalid_field")]
    [InlineData("leasesPerNodeMax", "-1", "invalid_field")]
    [InlineData("leasesPerNamespaceMax", "16777217", "invalid_field")]
    [InlineData("exclusions", "[\"10.200.0.1-10.9.0.2\"]", "invalid_")]
    [InlineData("exclusions", "[\"192.0.2.0/24\"]", "invalid_pool")]
    [InlineData("exclusions", "[\"nonsense\"]", "invalid_field")]
    [InlineData("cidr", "\"0.0.0.0/0\"", "invalid_field")]
    [InlineData("cidr", "\"10.9.0.0/7\"", "invalid_field")]
    public async Task A_pool_that_cannot_be_is_refused_by_the_member_at_fault(string name, string value, string code)
    {
        var body = JsonNode.Parse("""{"cidr":"10.9.0.0/16","blockPrefixLength":26}""")!.AsObject();
        body[name] = JsonNode.Parse(value);

        var answer = await fixture.SendAsync(
            "PUT /v1/pools/bad", Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json");

        Assert.StartsWith(code, answer.Outcome, StringComparison.Ordinal);
        Assert.Contains(name, answer.Problem!.Detail, StringComparison.Ordinal);
        Assert.Empty(fixture.Broker.Log.Errors);
    }

    [Theory]
    [InlineData("POST /v1/tokens", 4000)]
    [InlineData("DELETE /v1/reservations?addresses=192.0.2.1&position=1", 4000)]
    [InlineData("POST /v1/pools/nothing/open", 4000)]
    [InlineData("POST /v1/nodes/nobody/fence", 4000)]
    [InlineData("POST /v1/csrs/nothing/deny", 4000)]
    public async Task A_reason_that_the_journal_cannot_hold_is_refused_by_name(string call, int chars)
    {
        var body = new JsonObject { ["reason"] = new string('r', chars) };

        var answer = await fixture.SendAsync(
            call, Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json");

        Assert.Equal("invalid_field", answer.Outcome);
        Assert.Contains("reason", answer.Problem!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "/v1/pools/UPPER")]
    [InlineData("PUT", "/v1/pools/a%2Fb")]
    [InlineData("PUT", "/v1/pools/%C3%BC")]
    [InlineData("GET", "/v1/pools/a%20b")]
    [InlineData("GET", "/v1/pools/..%2F..%2Fetc")]
    [InlineData("GET", "/v1/nodes/%25")]
    [InlineData("GET", "/v1/nodes/a..b")]
    [InlineData("GET", "/v1/nodes/a..b/custody")]
    [InlineData("POST", "/v1/nodes/-/fence")]
    [InlineData("POST", "/v1/csrs/a%2Fb/approve")]
    [InlineData("POST", "/v1/csrs/%2E%2E/deny")]
    [InlineData("DELETE", "/v1/tokens/abc")]
    [InlineData("DELETE", "/v1/tokens/ABCDEF")]
    [InlineData("GET", "/v1/addresses/nonsense")]
    [InlineData("GET", "/v1/addresses/10.0.0.256")]
    [InlineData("GET", "/v1/addresses/10.0.0.01")]
    [InlineData("GET", "/v1/addresses/fe80::1%25eth0")]
    [InlineData("GET", "/v1/addresses/::ffff:10.0.0.1")]
    [InlineData("GET", "/v1/addresses/10.0.0.0%2F24")]
    public async Task A_malformed_name_in_the_path_is_a_clean_refusal(string method, string path)
    {
        var body = method == "PUT" ? """{"cidr":"10.9.0.0/16"}"""u8.ToArray() : null;

        var answer = await fixture.SendAsync(
            TestListener.People, method, path, body, body is null ? null : "application/json");

        Assert.Contains(answer.Outcome, (string[])["invalid_field", "not_found"]);
        Assert.NotEmpty(answer.Problem!.Next);
        Assert.Empty(fixture.Broker.Log.Errors);
    }

    [Theory]
    [InlineData(TestListener.People, "GET", "/v1/pools?x=1", "x")]
    [InlineData(TestListener.People, "GET", "/v1/nodes?node=a", "node")]
    [InlineData(TestListener.People, "GET", "/v1/whoami?verbose", "verbose")]
    [InlineData(TestListener.People, "GET", "/v1/events?after=1&after=2", "after")]
    [InlineData(TestListener.People, "GET", "/v1/events?after=x", "after")]
    [InlineData(TestListener.People, "GET", "/v1/events?after=", "after")]
    [InlineData(TestListener.People, "GET", "/v1/events?after=-2", "after")]
    [InlineData(TestListener.People, "GET", "/v1/events?after=1.0", "after")]
    [InlineData(TestListener.People, "GET", "/v1/events?after=99999999999999999999", "after")]
    [InlineData(TestListener.People, "GET", "/v1/events?After=1", "After")]
    [InlineData(TestListener.People, "GET", "/v1/addresses/10.0.0.1?at=2999-01-01T00:00:00Z", "at")]
    [InlineData(TestListener.People, "POST", "/v1/nodes/nobody/fence?dryRun=yes", "dryRun")]
    [InlineData(TestListener.People, "GET", "/v1/pools?dryRun=true", "dryRun")]
    [InlineData(TestListener.People, "DELETE", "/v1/reservations?addresses=10.0.0.1", "position")]
    [InlineData(TestListener.People, "DELETE", "/v1/reservations?position=1", "addresses")]
    [InlineData(TestListener.Node, "POST", "/v1/blocks?dryRun=true", "dryRun")]
    [InlineData(TestListener.Node, "DELETE", "/v1/blocks", "generation")]
    [InlineData(TestListener.Node, "DELETE", "/v1/blocks?generation=1", "block")]
    [InlineData(TestListener.Node, "DELETE", "/v1/blocks?block=10.0.0.0/26&generation=one", "generation")]
    [InlineData(TestListener.Node, "DELETE", "/v1/leases?network=n&containerId=c", "interface")]
    [InlineData(TestListener.Node, "GET", "/v1/leases?node=other", "node")]
    [InlineData(TestListener.Enrol, "POST", "/v1/enrol?token=abcdef.0123456789abcdef", "token")]
    public async Task A_query_parameter_at_fault_is_named(
        TestListener listener, string method, string path, string name)
    {
        var answer = await fixture.SendAsync(listener, method, path);

        Assert.Equal("query_invalid", answer.Outcome);
        Assert.Contains($"'{name}'", answer.Problem!.Detail, StringComparison.Ordinal);
        Assert.Empty(fixture.Broker.Log.Errors);
    }

    [Theory]
    [InlineData(TestListener.People, "GET", "/v1/addresses/10.0.0.1?at=yesterday", "at")]
    [InlineData(TestListener.People, "GET", "/v1/addresses/10.0.0.1?at=", "at")]
    [InlineData(TestListener.People, "GET", "/v1/addresses/10.0.0.1?at=2026-13-01T00:00:00Z", "at")]
    [InlineData(TestListener.People, "GET", "/v1/blocks?node=UPPER", "node")]
    [InlineData(TestListener.People, "DELETE", "/v1/reservations?addresses=10.0.0.9-10.0.0.1&position=1", "addresses")]
    [InlineData(TestListener.Node, "DELETE", "/v1/blocks?block=10.0.0.1/26&generation=1", "block")]
    public async Task A_query_value_of_the_wrong_form_is_named(
        TestListener listener, string method, string path, string name)
    {
        var answer = await fixture.SendAsync(listener, method, path);

        Assert.Equal("invalid_field", answer.Outcome);
        Assert.StartsWith($"{name}:", answer.Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_and_values_of_kilobytes_are_refused_and_do_not_come_back()
    {
        var huge = new string('a', 6_000);
        foreach (var path in (string[])
            [$"/v1/pools/{huge}", $"/v1/{huge}", $"/v1/pools?{huge}=1", $"/v1/blocks?node={huge}"])
        {
            var answer = await fixture.SendAsync(TestListener.People, "GET", path);

            Assert.InRange((int)answer.Status, 400, 499);
            Assert.True(answer.Body.Length < 2048, $"{answer.Body.Length} bytes came back.");
        }

        Assert.Empty(fixture.Broker.Log.Errors);
    }

    [Fact]
    public async Task A_bomb_of_headers_ends_the_connection_at_most_and_harms_nobody_else()
    {
        var refused = 0;
        foreach (var headers in (IReadOnlyList<(string, string)>[])
        [
            [.. Enumerable.Range(0, 200).Select(i => ($"X-{i}", "v"))],
            [("X-Large", new string('x', 30_000))],
        ])
        {
            using var api = fixture.Broker.Raw(TestListener.People, fixture.Broker.OperatorCertificate);
            try
            {
                var answer = await api.SendAsync("GET", "/v1/pools", null, null, headers);
                refused += (int)answer.Status is >= 400 and < 500 ? 1 : 0;
            }
            catch (HttpRequestException)
            {
                // HTTP/2 ends the connection where it has read no request yet.
                refused++;
            }
        }

        Assert.Equal(2, refused);

        Assert.Equal("200", (await fixture.SendAsync(TestListener.People, "GET", "/v1/pools")).Outcome);
        Assert.Empty(fixture.Broker.Log.Errors);
    }

    // The core checks the parts of an attachment and of a pod together.
    private static string Where(string name) =>
        name is "network" or "containerId" or "interface" ? "attachment" : name;
}
