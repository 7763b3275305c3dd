using System.Text.Json;
using Xunit;

namespace Broker.SystemTests.Ctl;

public sealed class CtlCommandsTest(CtlFixture fixture) : IClassFixture<CtlFixture>
{
    [Theory]
    [InlineData("whoami", "operator demo-operator", "name")]
    [InlineData("pools list", "pods-v6", "pools")]
    [InlineData("pools show pods-v4", "10.64.0.0/16", "cidr")]
    [InlineData("blocks list --node node-a", "fd64::/122", "blocks")]
    [InlineData("leases list", "default/web-0", "leases")]
    [InlineData("reservations list", "Nothing is reserved.", "reservations")]
    [InlineData("nodes list", "node-a", "nodes")]
    [InlineData("nodes show node-a", "current", "certificates")]
    [InlineData("csr list", "rule bootstrap-token", "csrs")]
    [InlineData("tokens list", "used by node-a", "tokens")]
    [InlineData("who 10.64.0.2", "is held by pod default/web-0 on node node-a", "holder")]
    [InlineData("routes", "10.64.0.0/26", "routes")]
    [InlineData("context show", "demo-operator", "people")]
    [InlineData("explain unwitnessed", "What to do", "steps")]
    public async Task Each_command_that_reads_answers_people_and_programs(string command, string text, string member)
    {
        var words = command.Split(' ');

        var forPeople = await fixture.RunAsync(words);
        var forPrograms = await fixture.RunAsync([.. words, "-o", "json"]);

        Assert.Equal((0, 0), (forPeople.ExitCode, forPrograms.ExitCode));
        Assert.Contains(text, forPeople.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', forPeople.Text);
        var json = Brokerctl.Answer(forPrograms);
        using var document = JsonDocument.Parse(json);
        Assert.True(document.RootElement.TryGetProperty(member, out _), json);
    }

    [Fact]
    public async Task Changes_are_made_and_a_dry_run_makes_none()
    {
        var dry = await fixture.DoesAsync("nodes", "quarantine", "node-a", "--dry-run", "--reason", "a look");
        Assert.Contains("node-a would be quarantined.", dry, StringComparison.Ordinal);
        Assert.Matches("standing +active", await fixture.DoesAsync("nodes", "show", "node-a"));
        Assert.Contains(
            "is quarantined", await fixture.DoesAsync("nodes", "quarantine", "node-a"), StringComparison.Ordinal);
        Assert.Contains("is active", await fixture.DoesAsync("nodes", "readmit", "node-a"), StringComparison.Ordinal);

        _ = await fixture.DoesAsync("reservations", "make", "10.64.9.0/28", "--name", "vips", "--owner", "net team");
        Assert.Contains("net team", await fixture.DoesAsync("reservations", "list"), StringComparison.Ordinal);
        Assert.Contains(
            "it is reserved for vips", await fixture.DoesAsync("who", "10.64.9.3"), StringComparison.Ordinal);
        Assert.Contains(
            "is reserved no more", await fixture.DoesAsync("reservations", "drop", "10.64.9.0-10.64.9.15"),
            StringComparison.Ordinal);
        var again = await fixture.RunAsync("reservations", "drop", "10.64.9.0/28");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("reservation_unknown", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Routes_come_as_lines_for_the_ip_command()
    {
        var lines = await fixture.DoesAsync("routes", "--format", "ip-route");

        // Node and broker are one machine here, which no route can lead to: a comment says so.
        Assert.Contains("# 10.64.0.0/26 is on node node-a", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_go_to_standard_error_and_end_with_their_number()
    {
        var refused = await fixture.RunAsync("pools", "show", "nowhere");
        var usage = await fixture.RunAsync("pools", "shwo");
        var silent = await Brokerctl.RunAsync("nowhere", fixture.Home.Path, "whoami");

        Assert.Equal((1, 64, 1), (refused.ExitCode, usage.ExitCode, silent.ExitCode));
        Assert.All([refused, usage, silent], result =>
        {
            Assert.StartsWith("brokerctl: ", result.Errors[0], StringComparison.Ordinal);
            Assert.Equal(result.Errors.Count, result.Output.Count);
            Assert.DoesNotContain(result.Output, line => line.Contains("   at ", StringComparison.Ordinal));
        });
    }
}
