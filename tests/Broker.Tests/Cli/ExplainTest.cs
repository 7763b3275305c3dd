using System.Reflection;
using Broker.Cli.Explain;
using Broker.Cli.Hosting;
using Broker.Contracts.Explanations;
using Xunit;

namespace Broker.Tests.Cli;

public sealed class ExplainTest : IDisposable
{
    private readonly CtlShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Every_code_of_brokerctl_itself_is_explained_and_no_other() => Assert.Equal(
        typeof(CliCodes).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => (string)field.GetRawConstantValue()!).Order(),
        CliExplanations.All.Select(explanation => explanation.Code).Order());

    [Fact]
    public async Task Every_explanation_reads_well_on_80_columns()
    {
        _shell.Columns = 80;
        foreach (var code in ExplanationTable.Groups.SelectMany(group => group.Explanations).Select(row => row.Code))
        {
            var page = await _shell.RunAsync("explain", code);

            Assert.Equal(0, page.ExitCode);
            Assert.Contains("What to do", page.Output, StringComparison.Ordinal);
            Assert.All(
                page.Output.Split('\n').Where(line => !line.Contains("openssl", StringComparison.Ordinal)),
                line => Assert.True(line.Length <= 80, line));
        }
    }

    [Fact]
    public async Task Without_a_code_all_are_listed_by_group()
    {
        var page = await _shell.RunAsync("explain");

        Assert.Contains("Who the caller is", page.Output, StringComparison.Ordinal);
        Assert.Contains("brokerctl itself", page.Output, StringComparison.Ordinal);
        Assert.Contains("unwitnessed", page.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_is_none_is_refused_with_what_is_near()
    {
        var page = await _shell.RunAsync("explain", "witness");

        Assert.Equal(1, page.ExitCode);
        Assert.Contains("brokerctl: code_unknown: ", page.Errors, StringComparison.Ordinal);
        Assert.Contains("Near to it: unwitnessed.", page.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_it_as_JSON()
    {
        var one = await _shell.RunAsync("explain", "unwitnessed", "-o", "json");
        var all = await _shell.RunAsync("explain", "-o", "csv");

        using var json = System.Text.Json.JsonDocument.Parse(one.Output);
        Assert.Equal(403, json.RootElement.GetProperty("status").GetInt32());
        Assert.StartsWith("code,group,status,meaning,why,steps,look\n", all.Output, StringComparison.Ordinal);
    }
}
