using System.Text;
using System.Text.Json.Nodes;
using Broker.Server.Api;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Api;

public sealed class BadBodyTest(BadBodyFixture fixture) : IClassFixture<BadBodyFixture>
{
    public static TheoryData<string> Calls => [.. BodyCase.All.Keys];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_member_that_is_not_known_is_refused_by_name(string call)
    {
        var body = Parse(call);
        body["surprise"] = 1;

        AssertNames(await SendAsync(call, body), "body_malformed", "surprise");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_member_of_the_wrong_type_is_refused_by_name(string call)
    {
        foreach (var (name, value) in Parse(call))
        {
            foreach (var wrong in WrongFor(value!))
            {
                var body = Parse(call);
                body[name] = JsonNode.Parse(wrong);

                AssertNames(await SendAsync(call, body), "body_malformed", name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_missing_or_null_member_is_refused_by_name_where_it_is_needed(string call)
    {
        foreach (var name in Parse(call).Select(member => member.Key))
        {
            var (without, empty) = (Parse(call), Parse(call));
            _ = without.Remove(name);
            empty[name] = null;
            if (BodyCase.All[call].Required.Contains(name))
            {
                AssertNames(await SendAsync(call, without), "body_malformed", name);
                AssertNames(await SendAsync(call, empty), "body_malformed", name);
            }
            else
            {
                AssertClean(await SendAsync(call, without));
                AssertClean(await SendAsync(call, empty));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_byte_order_mark_before_a_body_is_passed_over(string call)
    {
        var body = Parse(call);
        body["surprise"] = 1;
        byte[] marked = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(body.ToJsonString())];

        AssertNames(await SendAsync(call, marked), "body_malformed", "surprise");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_member_that_stands_twice_is_refused_by_name(string call)
    {
        var text = Parse(call).ToJsonString();
        var name = Parse(call).First().Key;
        var twice = $"{{\"{name}\":{Parse(call)[name]!.ToJsonString()},{text[1..]}";

        AssertNames(await SendAsync(call, Encoding.UTF8.GetBytes(twice)), "body_malformed", name);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task What_is_not_one_JSON_object_is_malformed(string call)
    {
        var good = Parse(call).ToJsonString();
        string[] bad =
        [
            "", " ", "null", "[]", "7", "\"text\"", "true", "{", "{]", "not json", good + "x", good + good, good + ",",
            good[..^1], "{\"a\":" + new string('[', 200) + new string(']', 200) + "}", "{\"\\ud800\":1}",
            "/* a comment */" + good, good.Replace(':', '='),
        ];
        foreach (var text in bad.Where(text => text.Length > 0 || !BodyCase.All[call].Optional))
        {
            AssertNames(await SendAsync(call, Encoding.UTF8.GetBytes(text)), "body_malformed", "");
        }

        var name = Parse(call).First().Key;
        byte[][] notUtf8 =
        [
            [0xFF, 0xFE, 0x7B, 0x00], [.. Encoding.UTF8.GetBytes($"{{\"{name}\":\""), 0xC3, 0x28, .. "\"}"u8],
            [.. Encoding.UTF8.GetBytes($"{{\"{name}\":\"\\ud800\"}}")], new byte[100],
        ];
        foreach (var bytes in notUtf8)
        {
            var answer = await SendAsync(call, bytes);
            AssertClean(answer);
            Assert.Equal("body_malformed", answer.Outcome);
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_parsed(string call)
    {
        var large = Encoding.UTF8.GetBytes($"{{\"surprise\":\"{new string('x', 70_000)}\"}}");

        var answer = await SendAsync(call, large);

        AssertNames(answer, "body_too_large", "65536");
        Assert.Equal(413, (int)answer.Status);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_body_of_another_type_is_refused_and_never_passed_over(string call)
    {
        var bytes = Encoding.UTF8.GetBytes(Parse(call).ToJsonString());
        string?[] types = [null, "text/plain", "application/jsonp", "application/x-www-form-urlencoded", ";;;"];
        foreach (var type in types)
        {
            var answer = await fixture.SendAsync(call, bytes, type);
            AssertNames(answer, "media_type", "");
            Assert.Equal(415, (int)answer.Status);
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_without_a_body_is_told_so_where_one_is_needed(string call)
    {
        var answer = await fixture.SendAsync(call, null, null);

        AssertClean(answer);
        Assert.Equal(!BodyCase.All[call].Optional, answer.Outcome == "media_type");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Huge_names_do_not_come_back_at_their_full_length(string call)
    {
        var body = Parse(call);
        body[new string('n', 50_000)] = 1;

        AssertNames(await SendAsync(call, body), "body_malformed", "nnn");
    }

    private static JsonObject Parse(string call) => JsonNode.Parse(BodyCase.All[call].Good)!.AsObject();

    private static IEnumerable<string> WrongFor(JsonNode good) => good.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String => ["1", "true", "{}", "[\"x\"]"],
        System.Text.Json.JsonValueKind.Number => ["\"1\"", "1.5", "1e99", "99999999999999999999", "true", "{}", "[1]"],
        System.Text.Json.JsonValueKind.Array => ["1", "\"x\"", "{}", "[1]", "[{}]", "[[]]"],
        System.Text.Json.JsonValueKind.Object => ["1", "\"x\"", "[]", "{\"surprise\":1}"],
        _ => ["1", "\"true\"", "{}"],
    };

    private Task<RawAnswer> SendAsync(string call, JsonObject body) =>
        SendAsync(call, Encoding.UTF8.GetBytes(body.ToJsonString()));

    private Task<RawAnswer> SendAsync(string call, byte[] body) => fixture.SendAsync(call, body, "application/json");

    private void AssertNames(RawAnswer answer, string code, string name)
    {
        AssertClean(answer);
        Assert.Equal(code, answer.Outcome);
        Assert.Contains(name, answer.Problem!.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", answer.Problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Broker.", answer.Problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(".NET", answer.Problem.Detail, StringComparison.Ordinal);
    }

    private void AssertClean(RawAnswer answer)
    {
        Assert.Empty(fixture.Broker.Log.Errors);
        Assert.InRange((int)answer.Status, 200, 499);
        Assert.True(answer.Body.Length < 4096, $"{answer.Body.Length} bytes came back.");
        if ((int)answer.Status >= 400)
        {
            Assert.NotEmpty(answer.Problem!.Next);
            Assert.True(answer.Problem.Detail.Length <= ProblemWriter.DetailCharsMax + 3);
        }
    }
}
