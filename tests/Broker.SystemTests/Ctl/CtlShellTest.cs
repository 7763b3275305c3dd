using Broker.Testing;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Ctl;

/// <summary>What a person's shell makes of brokerctl.</summary>
public sealed class CtlShellTest(CtlFixture fixture) : IClassFixture<CtlFixture>
{
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Bash_completes_commands_options_and_names_that_the_broker_knows()
    {
        Requires.Command("bash", "bash");
        using var temp = new TempFolder();
        Brokerctl.Install(temp);

        Assert.Equal(["pools"], await CompleteAsync(temp, "brokerctl poo"));
        Assert.Equal(["apply"], await CompleteAsync(temp, "brokerctl pools a"));
        Assert.Equal(["--dry-run"], await CompleteAsync(temp, "brokerctl pools apply --dr"));
        Assert.Equal(["node-a"], await CompleteAsync(temp, "brokerctl nodes fence no"));
        Assert.Equal(["unwitnessed"], await CompleteAsync(temp, "brokerctl explain unwit"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task On_a_terminal_there_are_colours_and_no_line_is_wider_than_it(int columns)
    {
        Requires.Command("script", "bsdutils");
        using var temp = new TempFolder();
        Brokerctl.Install(temp);
        var looks = $"stty cols {columns}; brokerctl leases list; brokerctl nodes show node-a; brokerctl who 10.64.0.2";

        var seen = await ScriptAsync(temp, $"script -qec '{looks}' /dev/null");
        var plain = await ScriptAsync(temp, $"NO_COLOR=1 script -qec '{looks}' /dev/null");

        Assert.Contains("\u001b[1m", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[1m", plain, StringComparison.Ordinal);
        Assert.All(
            plain.Replace("\u001b[?1h\u001b=", string.Empty, StringComparison.Ordinal)
                .Split('\n').Select(line => line.Trim('\r')),
            line => Assert.True(line.Length <= columns || line.StartsWith("Left out", StringComparison.Ordinal), line));
    }

    private async Task<IReadOnlyList<string>> CompleteAsync(TempFolder temp, string line)
    {
        var text = await ScriptAsync(temp, $$"""
            source <(brokerctl completion bash)
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            COMP_WORDS=($COMP_LINE) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _brokerctl
            printf '%s\n' "${COMPREPLY[@]}"
            """);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<string> ScriptAsync(TempFolder temp, string script)
    {
        var result = await BashScript.RunAsync(
            $"unset NO_COLOR; export BROKER_CONTEXT='{fixture.Folder}' TERM=xterm\n{script}\n", temp.Path, deadline, temp["bin"]);
        Assert.True(result.ExitCode == 0, result.Text);
        return result.Text;
    }
}
