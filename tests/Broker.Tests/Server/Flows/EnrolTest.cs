using Broker.Contracts.Routing;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Server.Flows;

public sealed class EnrolTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private TestBroker Broker => fixture.Broker;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_request_again_gives_the_same_certificate()
    {
        var node = Broker.NewNode("enrol-repeat");
        var (token, csr) = (await Broker.IssueTokenAsync(), node.SigningRequest());

        var first = (await Broker.Enrol.EnrolAsync(token, csr, Cancellation)).OrThrow();
        var again = (await Broker.Enrol.EnrolAsync(token, csr, Cancellation)).OrThrow();

        Assert.Equal("issued", first.Status);
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task A_token_for_one_use_serves_one_node_only()
    {
        var token = await Broker.IssueTokenAsync();
        await Broker.NewNode("enrol-once").EnrolAsync(token);

        var other = await AskAsync(token, Broker.NewNode("enrol-twice"));
        var otherKey = await AskAsync(token, Broker.NewNode("enrol-once"));

        Assert.Equal("token_used", other);
        Assert.Equal("token_used", otherKey);
    }

    [Fact]
    public async Task A_token_for_named_nodes_serves_those_and_no_other()
    {
        var token = await Broker.IssueTokenAsync("enrol-named-1", "enrol-named-2");

        Assert.Equal("issued", await AskAsync(token, Broker.NewNode("enrol-named-1")));
        Assert.Equal("issued", await AskAsync(token, Broker.NewNode("enrol-named-2")));
        Assert.Equal("token_node_mismatch", await AskAsync(token, Broker.NewNode("enrol-named-3")));
    }

    [Fact]
    public async Task A_wrong_secret_is_answered_like_an_unknown_token()
    {
        var token = await Broker.IssueTokenAsync();
        var wrong = await Broker.Enrol.EnrolAsync(
            token[..7] + "0000000000000000", Broker.NewNode("enrol-secret").SigningRequest(), Cancellation);
        var unknown = await Broker.Enrol.EnrolAsync(
            "zzzzz0.0000000000000000", Broker.NewNode("enrol-secret").SigningRequest(), Cancellation);

        Assert.Equal("token_invalid", wrong.Problem!.Code);
        Assert.Equal(
            wrong.Problem.Detail.Replace(token[..6], "zzzzz0", StringComparison.Ordinal), unknown.Problem!.Detail);
        Assert.Equal(wrong.Problem with { Detail = "" }, unknown.Problem with { Detail = "" });
    }

    [Fact]
    public async Task A_revoked_token_serves_nobody()
    {
        var token = await Broker.IssueTokenAsync();
        using var api = Broker.Raw(TestListener.People, Broker.OperatorCertificate);
        var path = $"/v1/tokens/{token[..6]}";

        Assert.Equal("200", (await api.JsonAsync("DELETE", path, """{"reason":"lost"}""")).Outcome);
        Assert.Equal("200", (await api.SendAsync("DELETE", path)).Outcome);
        Assert.Equal("token_revoked", await AskAsync(token, Broker.NewNode("enrol-revoked")));
    }

    [Fact]
    public async Task A_key_of_one_node_cannot_become_another_ones()
    {
        var node = Broker.NewNode("enrol-key");
        await node.EnrolAsync(await Broker.IssueTokenAsync());

        var answer = await Broker.Enrol.EnrolAsync(
            await Broker.IssueTokenAsync(), node.SigningRequest("enrol-key-other"), Cancellation);

        Assert.Equal("key_reuse", answer.Problem!.Code);
    }

    [Fact]
    public async Task A_name_that_lives_waits_for_an_operator_and_a_denial_stays_denied()
    {
        _ = await Broker.EnrolNodeAsync("enrol-denied");
        var thief = Broker.NewNode("enrol-denied");
        var token = await Broker.IssueTokenAsync();

        var pending = (await Broker.Enrol.EnrolAsync(token, thief.SigningRequest(), Cancellation)).OrThrow();
        var csrs = (await Broker.Auditor.ListCsrsAsync(Cancellation)).OrThrow().Csrs;
        var listed = csrs.Single(csr => csr.Name == pending.Name);
        var wrongKey = await Broker.Operator.DenyAsync(pending.Name, new(new string('0', 64)), Cancellation);
        var decision = await Broker.Operator.DenyAsync(pending.Name, new(listed.Key, "unknown"), Cancellation);
        var again = (await Broker.Enrol.EnrolAsync(token, thief.SigningRequest(), Cancellation)).OrThrow();

        Assert.Equal(("pending", "name_takeover"), (pending.Status, listed.Hold));
        Assert.Equal("conflict", wrongKey.Problem!.Code);
        Assert.Equal(("denied", "olga"), (decision.OrThrow().Status, decision.OrThrow().Approver));
        Assert.Equal("denied", again.Status);
        Assert.Equal(
            "csr_decided", (await Broker.Operator.ApproveAsync(pending.Name, new(), Cancellation)).Problem!.Code);
    }

    [Fact]
    public async Task An_approved_successor_is_promoted_at_its_first_use_and_ends_the_old_one_after_the_grace()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var broker = await TestBroker.StartAsync(new() { Time = time });
        var (old, young) = (await broker.EnrolNodeAsync("succession"), broker.NewNode("succession"));
        _ = (await old.Api.WhoAmIAsync(Cancellation)).OrThrow();
        var (token, csr) = (await broker.IssueTokenAsync("succession"), young.SigningRequest());
        var pending = (await broker.Enrol.EnrolAsync(token, csr, Cancellation)).OrThrow();
        _ = (await broker.Operator.ApproveAsync(pending.Name, new(), Cancellation)).OrThrow();
        young.Take((await broker.Enrol.EnrolAsync(token, csr, Cancellation)).OrThrow());

        var first = (await young.Api.WhoAmIAsync(Cancellation)).OrThrow();
        var grace = (await old.Api.WhoAmIAsync(Cancellation)).OrThrow();
        time.Advance(TimeSpan.FromSeconds(61));
        await Eventually.HoldsAsync(
            "the old certificate is retired",
            () => IsRetiredAsync(broker, grace.Certificate),
            TimeSpan.FromSeconds(10));
        using var again = broker.Raw(TestListener.Node, old.Certificate);

        Assert.Equal(("current", "grace"), (first.Slot, grace.Slot));
        Assert.Equal("superseded", (await again.SendAsync("GET", ApiRoutes.WhoAmI)).Outcome);
        Assert.Equal("succession", (await young.Api.WhoAmIAsync(Cancellation)).OrThrow().Name);

        // The name of a request follows from its key: asking again with the old one must not give the old certificate.
        var stale = await broker.Enrol.EnrolAsync(token, old.SigningRequest(), Cancellation);
        Assert.Equal("csr_decided", stale.Problem!.Code);
        Assert.Empty(broker.Log.Errors);
    }

    [Fact]
    public async Task A_token_expires_by_the_brokers_clock()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var broker = await TestBroker.StartAsync(new() { Time = time });
        var issued = (await broker.Operator.IssueTokenAsync(new(null, 60), Cancellation)).OrThrow();
        time.Advance(TimeSpan.FromSeconds(60));

        var answer = await broker.Enrol.EnrolAsync(
            issued.Token, broker.NewNode("late").SigningRequest(), Cancellation);

        Assert.Equal("token_expired", answer.Problem!.Code);
    }

    [Fact]
    public async Task H12_a_node_renews_in_its_own_name_only_and_with_a_new_key()
    {
        var node = await Broker.EnrolNodeAsync("renew");
        var next = node.WithNewKey();

        var other = await node.Api.RenewAsync(next.SigningRequest("renew-other"), Cancellation);
        var issued = (await node.Api.RenewAsync(next.SigningRequest(), Cancellation)).OrThrow();
        var again = (await node.Api.RenewAsync(next.SigningRequest(), Cancellation)).OrThrow();
        next.Take(issued);

        Assert.Equal("subject_mismatch", other.Problem!.Code);
        Assert.Equal(issued.Certificate, again.Certificate);
        Assert.Equal("current", (await next.Api.WhoAmIAsync(Cancellation)).OrThrow().Slot);
    }

    [Fact]
    public async Task Where_operators_approve_a_token_alone_gives_no_certificate_and_holds_one_place()
    {
        var settings = new Dictionary<string, string?>
        {
            ["enrolment:approve"] = "operator",
            ["enrolment:pendingMax"] = "2",
        };
        await using var broker = await TestBroker.StartAsync(new() { Settings = settings });
        var (once, named) = (await broker.IssueTokenAsync(), await broker.IssueTokenAsync("b", "c"));

        async Task<string> AskAsync(string token, string name)
        {
            var csr = broker.NewNode(name).SigningRequest();
            var answer = await broker.Enrol.EnrolAsync(token, csr, Cancellation);
            return answer.Problem?.Code ?? answer.Answer!.Status;
        }

        Assert.Equal("pending", await AskAsync(once, "a"));
        Assert.Equal("pending", await AskAsync(once, "a2"));
        Assert.Equal("pending", await AskAsync(named, "b"));
        Assert.Equal("pending", await AskAsync(named, "b"));
        var waiting = (await broker.Operator.ListCsrsAsync(Cancellation)).OrThrow().Csrs;
        Assert.Equal(["a2", "b"], waiting.Select(csr => csr.Node));
        Assert.All(waiting, csr => Assert.Equal("approval_by_operator", csr.Hold));
        Assert.Equal("ledger_limit", await AskAsync(named, "c"));
    }

    [Fact]
    public async Task A_secret_stands_neither_in_the_journal_nor_in_the_log_nor_in_a_list()
    {
        var token = await Broker.IssueTokenAsync();
        await Broker.NewNode("enrol-secrets").EnrolAsync(token);
        using var api = Broker.Raw(TestListener.People, Broker.OperatorCertificate);

        var listed = await api.SendAsync("GET", "/v1/tokens");
        var stored = Directory.EnumerateFiles(Broker.Folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && Contains(file, token[7..])).ToList();

        Assert.Contains(token[..6], listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token[7..], listed.Text, StringComparison.Ordinal);
        Assert.Empty(stored);
        Assert.DoesNotContain(Broker.Log.Lines, line => line.Contains(token[7..], StringComparison.Ordinal));
    }

    // Opened as the broker itself opens them: it holds them meanwhile.
    private static bool Contains(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray().AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(text)) >= 0;
    }

    private async Task<string> AskAsync(string token, TestNode node)
    {
        var answer = await Broker.Enrol.EnrolAsync(token, node.SigningRequest(), Cancellation);
        return answer.Problem?.Code ?? answer.Answer!.Status;
    }

    private static async Task<bool> IsRetiredAsync(TestBroker broker, string certificate)
    {
        var nodes = (await broker.Operator.ListNodesAsync(Cancellation)).OrThrow().Nodes;
        return nodes.All(node => node.Certificates.All(known => known.Certificate != certificate));
    }
}
