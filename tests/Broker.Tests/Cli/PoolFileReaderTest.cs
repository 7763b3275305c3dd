using Broker.Cli.Pools.Apply;
using Xunit;

namespace Broker.Tests.Cli;

public sealed class PoolFileReaderTest
{
    private const string Whole = """
        name: pods
        cidr: 10.64.0.0/16
        blockPrefixLength: 26
        network: routed
        commit: central
        addressCooldownSeconds: 60
        blockCooldownSeconds: 600
        blocksPerNodeMax: 64
        exclusions: [10.64.0.0/24, 10.64.9.1-10.64.9.20]
        open: true
        """;

    [Fact]
    public void Every_key_of_a_pool_is_taken_up()
    {
        var entry = Assert.Single(Read(Whole).Entries);

        Assert.Equal(("pods", "10.64.0.0/16", "routed", "central"), (
            entry.Name, entry.Cidr, entry.Network, entry.Commit));
        Assert.Equal((26, 60, 600, 64, true), (
            entry.BlockPrefixLength,
            entry.AddressCooldownSeconds,
            entry.BlockCooldownSeconds,
            entry.BlocksPerNodeMax,
            entry.Open));
        Assert.Equal(["10.64.0.0/24", "10.64.9.1-10.64.9.20"], entry.Exclusions);
    }

    [Theory]
    [InlineData("- {name: a, cidr: 10.0.0.0/16}\n- {name: b, cidr: 10.1.0.0/16}")]
    [InlineData("pools:\n- {name: a, cidr: 10.0.0.0/16}\n- {name: b, cidr: 10.1.0.0/16}")]
    [InlineData("---\nname: a\ncidr: 10.0.0.0/16\n---\n---\npools: [{name: b, cidr: 10.1.0.0/16}]")]
    [InlineData("# pools\n---\n- {name: a, cidr: 10.0.0.0/16}\n---\nname: b\ncidr: 10.1.0.0/16\n...")]
    public void A_list_a_key_and_several_documents_are_all_the_same(string text)
    {
        var file = Read(text);

        Assert.Empty(file.Faults);
        Assert.Equal(["a", "b"], file.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public void All_faults_are_named_at_once_each_with_its_line_and_column()
    {
        var file = Read("""
            - name: a
              cdir: 10.0.0.0/16
              Open: true
              blockPrefixLength: many
              exclusions: 10.0.0.1
              network:
            - 5
            - name: b
              cidr: 10.1.0.0/16
              open: yes
            """);

        Assert.Equal(
            [
                "line 1, column 3: 'cidr' is missing.",
                "line 2, column 3: 'cdir' is not known here; known: ",
                "line 3, column 3: 'Open' is not known here (did you mean 'open'?); known: ",
                "line 4, column 22: blockPrefixLength: a whole number is expected.",
                "line 5, column 15: exclusions: a list of texts is expected.",
                "line 6, column 11: network: text is expected.",
                "line 7, column 3: a pool is expected: keys such as name and cidr.",
                "line 10, column 9: open: true or false is expected.",
            ],
            file.Faults.Select(fault => fault.ToString()).Select(text =>
                text.IndexOf("known: ", StringComparison.Ordinal) is >= 0 and var at ? text[..(at + 7)] : text));
    }

    [Theory]
    [InlineData("- name: a\n  name: b\n  cidr: 10.0.0.0/16", "line 2", "Duplicate")]
    [InlineData("- name: [a", "line", "YAML")]
    [InlineData("pools: 3", "line 1", "a list of pools is expected")]
    [InlineData("just text", "line 1", "a list of pools is expected")]
    public void What_is_no_such_YAML_is_refused(string text, string place, string sentence)
    {
        var fault = Read(text).Faults[0].ToString();

        Assert.Contains(place, fault, StringComparison.Ordinal);
        Assert.Contains(sentence, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- {name: a, cidr: 10.0.0.0/16}\n- {name: a, cidr: 10.1.0.0/16}", "stands at line 1 as well")]
    [InlineData("- {name: a, cidr: 10.0.0.0/16}\n- {name: b, cidr: 10.0.9.0/24}", "overlaps 10.0.0.0/16 of pool 'a'")]
    public void Pools_of_one_file_do_not_clash(string text, string sentence)
    {
        var fault = Assert.Single(Read(text).Faults);

        Assert.Equal(2, fault.Line);
        Assert.Contains(sentence, fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_names_no_pool() => Assert.Equal((0, 0), (Read("").Entries.Count, Read("").Faults.Count));

    private static PoolFile Read(string text)
    {
        using var reader = new StringReader(text);
        return PoolFileReader.Read(reader);
    }
}
