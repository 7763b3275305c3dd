using Broker.Cli.Output;
using Broker.Contracts;
using Broker.Contracts.Leases;
using Broker.Contracts.Ledgers;
using Xunit;

namespace Broker.Tests.Cli;

public sealed class OutputTest
{
    private static readonly LeaseInfo lease = new(
        "fd64:1234:5678:9abc:def0:1234:5678:9abc",
        122,
        null,
        "pods",
        "fd64::/122",
        14,
        "node-with-a-long-name.rack-12.row-3.datacenter.example.org",
        "net",
        "c1,\"x\"",
        "eth0",
        new PodLabels("default", "web-0", ""),
        "ab",
        "2026-11-23T02:42:56.091285Z",
        16);

    private static readonly IReadOnlyList<Column<LeaseInfo>> columns =
    [
        new("ADDRESS", row => row.Address),
        new("NODE", row => row.Node),
        new("POD", row => row.Pod.Name, 1),
        new("POSITION", row => Shown.Number(row.Position), 2, IsNumber: true),
    ];

    [Fact]
    public void A_pipe_gets_all_columns_whole_and_no_blanks_at_the_end()
    {
        var (output, errors) = List(null, OutputFormat.Table, lease);

        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal("ADDRESS NODE POD POSITION", string.Join(' ', Words(lines[0])));
        Assert.Contains($"{lease.Node}   web-0         16", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData(80, "POD, POSITION")]
    [InlineData(112, "POSITION")]
    public void A_narrow_terminal_leaves_out_what_matters_least_and_says_so(int width, string left)
    {
        var (output, errors) = List(width, OutputFormat.Table, lease);

        Assert.All(output.Split('\n'), line => Assert.True(line.Length <= width, line));
        Assert.Contains($"Left out for want of width: {left}.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_are_for_terminals_that_want_them()
    {
        var plain = List(120, OutputFormat.Table, lease, colours: false);
        var colourful = List(120, OutputFormat.Table, lease, colours: true);

        Assert.DoesNotContain('\u001b', plain.Output);
        Assert.Contains('\u001b', colourful.Output);
    }

    [Fact]
    public void CSV_has_the_names_of_the_wire_also_without_rows()
    {
        var head = "address,prefixLength,gateway,pool,block,generation,node,network,containerId,interface,"
            + "pod.namespace,pod.name,pod.uid,certificate,grantedAt,position,podAssurance\n";

        Assert.Equal(head, List(null, OutputFormat.Csv).Output);
        var rows = List(null, OutputFormat.Csv, lease).Output;
        Assert.StartsWith(head, rows, StringComparison.Ordinal);
        Assert.Contains(",\"c1,\"\"x\"\"\",eth0,default,web-0,,ab,", rows, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_is_the_answer_of_the_wire_and_YAML_the_same()
    {
        var json = List(null, OutputFormat.Json, lease).Output;
        var yaml = List(null, OutputFormat.Yaml, lease with { Node = "1.5", Interface = "true" }).Output;

        var again = System.Text.Json.JsonSerializer.Deserialize(json, BrokerJson.Default.LeaseList)!;
        Assert.Equal(lease, Assert.Single(again.Leases));
        Assert.Contains("    node: \"1.5\"", yaml, StringComparison.Ordinal);
        Assert.Contains("    interface: \"true\"", yaml, StringComparison.Ordinal);
        Assert.Contains("    position: 16", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_says_so_beside_the_answer()
    {
        Assert.Equal((string.Empty, "There is none.\n"), List(null, OutputFormat.Table));
        Assert.Equal("There is none.\n", List(null, OutputFormat.Json).Errors);
    }

    [Fact]
    public void What_steers_a_terminal_is_shown_as_text() =>
        Assert.Equal("a\\u001b[2Jb", Shown.Safe("a\u001b[2Jb"));

    [Theory]
    [InlineData("1024", "1024")]
    [InlineData("18889465931478580854784", "1.9e22")]
    public void A_number_beyond_counting_is_rounded(string number, string shown) =>
        Assert.Equal(shown, Shown.Large(number));

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static (string Output, string Errors) List(int? width, OutputFormat format, params LeaseInfo[] rows) =>
        List(width, format, rows, false);

    private static (string Output, string Errors) List(int? width, OutputFormat format, LeaseInfo row, bool colours) =>
        List(width, format, [row], colours);

    private static (string Output, string Errors) List(
        int? width, OutputFormat format, LeaseInfo[] rows, bool colours)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var answer = new LeaseList(rows, false, new LedgerPosition("o", 1, 2, "r"));
        new Answer(new Screen(output, errors, width, null, colours), format).List(
            answer, rows, columns, "There is none.");
        return (output.ToString(), errors.ToString());
    }
}
