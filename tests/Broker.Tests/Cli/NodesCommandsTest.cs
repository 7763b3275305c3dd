using System.Text.Json;
using Broker.Contracts;
using Broker.Testing.Servers;
using Broker.Tests.Server;
using Xunit;

namespace Broker.Tests.Cli;

/// <summary>What brokerctl says of nodes, their certificates and how they came by them.</summary>
public sealed class NodesCommandsTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>, IDisposable
{
    private readonly CtlShell _shell = new();

    private TestBroker Broker => fixture.Broker;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Show_tells_the_chain_link_by_link_with_what_each_was_asked_with()
    {
        var (node, next) = await RenewedAsync("chain-1");

        var shown = await RunAsync("node", "show", "chain-1");

        Assert.Equal(string.Empty, shown.Errors);
        var lines = shown.Output.Split('\n');
        Assert.Contains(lines, line => line.StartsWith("standing    active since ", StringComparison.Ordinal));
        Assert.Contains("Chain of custody", lines);
        Assert.Contains(lines, line => line.StartsWith("1.  node-csr-", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("2.  node-csr-", StringComparison.Ordinal));
        Assert.Contains("    its name      follows from its key and subject", lines);
        Assert.Contains(
            lines, line => line.StartsWith("    approved      by rule bootstrap-token, 2", StringComparison.Ordinal));
        var first = HashOf(node)[..12];
        Assert.Contains($"    certificate   {first}   grace   embedded", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"asked with    certificate {first}, of 1 above\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"    certificate   {HashOf(next)[..12]}   current   embedded", shown.Output, StringComparison.Ordinal);
        Assert.Contains("first used", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Standing", lines);
        Assert.DoesNotContain(lines, line => line.EndsWith(' '));
    }

    [Fact]
    public async Task Show_has_the_members_of_the_API_for_programs_and_a_row_a_certificate_for_spreadsheets()
    {
        var (node, next) = await RenewedAsync("chain-2");

        var json = await RunAsync("nodes", "show", "chain-2", "-o", "json");
        var yaml = await RunAsync("nodes", "show", "chain-2", "-o", "yaml");
        var csv = await RunAsync("nodes", "show", "chain-2", "-o", "csv");

        var chain = JsonSerializer.Deserialize(json.Output, BrokerJson.Default.NodeCustody)!;
        Assert.Equal([HashOf(node), HashOf(next)], chain.Certificates.Select(c => c.Certificate));
        Assert.Equal(HashOf(node), chain.Requests[1].AskedWith);
        Assert.Contains("askedWith: " + HashOf(node), yaml.Output, StringComparison.Ordinal);
        var rows = csv.Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith("certificate,csr,askedWith,key,", rows[0], StringComparison.Ordinal);
        Assert.Equal(3, rows.Length);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task On_a_terminal_no_line_is_wider_than_it_and_words_of_state_have_colours(int columns)
    {
        _ = await RenewedAsync($"wide-{columns}");
        _ = await RunAsync("nodes", "fence", $"wide-{columns}", "--reason", new string('x', 60) + " and more to say");
        _shell.Columns = columns;
        var plain = await RunAsync("nodes", "show", $"wide-{columns}");
        _shell.Colours = true;
        var coloured = await RunAsync("nodes", "show", $"wide-{columns}");

        Assert.All(plain.Output.Split('\n'), line => Assert.True(line.TrimEnd().Length <= columns, line));
        Assert.Matches("\u001b\\[[0-9;]*mfenced since", coloured.Output);
        Assert.DoesNotContain("\u001b[", plain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_is_denied_by_its_first_digits_and_only_by_those_of_one()
    {
        var node = await Broker.EnrolNodeAsync("deny-1");

        var unclear = await RunAsync("nodes", "deny", "deny-1", "--certificate", "abc");
        var tried = await RunAsync("nodes", "deny", "deny-1", "--certificate", HashOf(node)[..8], "--dry-run");
        var denied = await RunAsync("nodes", "deny", "deny-1", "--certificate", HashOf(node)[..8], "--reason", "lost");
        var shown = await RunAsync("nodes", "show", "deny-1");

        Assert.StartsWith("brokerctl: certificate_unclear: 'abc'", unclear.Errors, StringComparison.Ordinal);
        Assert.Equal(
            "deny-1 would have 0 certificates left that may be used. Nothing was changed: this was a dry run.\n",
            tried.Output);
        Assert.Equal("deny-1 has 0 certificates left that may be used.\n", denied.Output);
        Assert.Matches("denied +2.*by olga: lost", shown.Output);
    }

    [Fact]
    public async Task Many_are_readmitted_by_one_call_from_a_list_and_each_refusal_is_told()
    {
        foreach (var name in new[] { "many-1", "many-2" })
        {
            _ = await Broker.EnrolNodeAsync(name);
            _ = await RunAsync("nodes", "fence", name);
        }

        _shell.Input = "NODE   CERTIFICATE   HOLD\nmany-1\n\nnobody # gone\n";
        var result = await RunAsync("nodes", "readmit", "many-2", "--file", "-", "--reason", "checked");
        var wrong = await RunAsync("nodes", "readmit", "--seen-uid", "x", "many-1", "many-2");
        var none = await RunAsync("nodes", "readmit");
        _shell.Input = "many-1 3f9a1c\n";
        var line = await RunAsync("nodes", "readmit", "--file", "-");

        Assert.Equal(1, result.ExitCode);
        Assert.Matches("many-2 +active", result.Output);
        Assert.Matches("many-1 +active", result.Output);
        Assert.Matches("nobody +unchanged +node_unknown", result.Output);
        Assert.Equal(64, wrong.ExitCode);
        Assert.Equal(64, none.ExitCode);
        Assert.Contains("line 1: '3f9a1c' is no SHA-256", line.Errors, StringComparison.Ordinal);
        var nodes = (await Broker.Operator.ListNodesAsync(Cancellation)).OrThrow().Nodes;
        Assert.All(nodes.Where(node => node.Name.StartsWith("many-", StringComparison.Ordinal)),
            node => Assert.Equal("active", node.Standing));
    }

    [Fact]
    public async Task Nothing_on_hold_is_said_so_and_the_list_shows_the_assurance()
    {
        _ = await Broker.EnrolNodeAsync("held-1");

        var held = await RunAsync("nodes", "held");
        var list = await RunAsync("nodes", "list");

        Assert.Equal((string.Empty, "No certificate is on hold.\n"), (held.Output, held.Errors));
        Assert.Matches("held-1 +active.* embedded", list.Output);
    }

    private async Task<(TestNode First, TestNode Next)> RenewedAsync(string name)
    {
        var node = await Broker.EnrolNodeAsync(name);
        var next = node.WithNewKey();
        next.Take((await node.Api.RenewAsync(next.SigningRequest(), Cancellation)).OrThrow());
        _ = (await next.Api.WhoAmIAsync(Cancellation)).OrThrow();
        return (node, next);
    }

    private static string HashOf(TestNode node) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(node.Certificate.RawData));

    private Task<CtlResult> RunAsync(params string[] arguments) =>
        _shell.RunAsync([.. arguments, "--context", Broker.Folder]);
}
