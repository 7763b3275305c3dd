using System.Text.RegularExpressions;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Demo;

/// <summary>The demo as a stranger starts it: what it prints, how it ends, and what it leaves behind.</summary>
public sealed partial class DemoTest
{
    private const char Escape = '\u001b';
    private static readonly TimeSpan endDeadline = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Once_it_plays_seven_acts_ends_with_ok_and_leaves_nothing()
    {
        var result = await BrokerProgram.RunAsync("demo", "--once");

        Assert.True(result.ExitCode == 0, result.Text);
        Assert.Empty(result.Errors);
        Assert.StartsWith("demo: ok", result.Output[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(result.Output, line => line.Contains(Escape, StringComparison.Ordinal));
        Assert.DoesNotContain(result.Output, line => line.Length > 100);
        var acts = DemoText.Acts(result.Output);
        Assert.Equal(7, acts.Count);
        Assert.All(acts, act =>
        {
            Assert.InRange(act.Lines.Count, 2, 6);
            Assert.StartsWith("   $ ", act.Lines[^1], StringComparison.Ordinal);
            Assert.Single(DemoText.Commands(act.Lines));
        });
        var folder = result.Output.Single(DemoText.IsVariables).Trim().Split(' ')[0][2..];
        Assert.False(Directory.Exists(Path.GetDirectoryName(folder)), folder);
    }

    [Fact]
    public async Task Kept_its_folder_stays_and_is_good()
    {
        var result = await BrokerProgram.RunAsync("demo", "--once", "--keep");

        var folder = result.Output[^1].Split(' ')[^1];
        try
        {
            Assert.True(result.ExitCode == 0, result.Text);
            var verified = await BrokerProgram.RunAsync("verify", "--data", folder);
            Assert.True(verified.ExitCode == 0, verified.Text);
            Assert.Contains("events are what was written", verified.Text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    [Fact]
    public async Task Tampered_the_checker_names_the_position()
    {
        var result = await BrokerProgram.RunAsync("demo", "--tamper");

        Assert.True(result.ExitCode == 0, result.Text);
        Assert.Empty(result.Errors);
        Assert.Contains(result.Output, line => TamperedPosition().IsMatch(line));
        Assert.StartsWith("demo: ok", result.Output[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(result.Output, line => line.Length > 100);
    }

    [Fact]
    public async Task It_stays_up_and_CtrlC_ends_it_well()
    {
        await using var demo = await RunningDemo.StartAsync();
        Assert.True(Directory.Exists(demo.Folder));

        Assert.True(demo.Process.Interrupt());

        Assert.Equal(0, await demo.Process.WaitForExitAsync(endDeadline));
        Assert.StartsWith("demo: ok", demo.Process.Output[^1], StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(demo.Folder)), demo.Folder);
    }

    [Theory]
    [InlineData("D=")]
    [InlineData("2  node-a")]
    [InlineData("4  Two pods")]
    [InlineData("7  The history")]
    public async Task CtrlC_in_the_middle_cleans_up_without_a_stack_trace(string moment)
    {
        using var temp = new TempFolder();
        await using var demo = BrokerProgram.Start(
            start => start.Environment["TMPDIR"] = temp.Path, "demo", "--once");
        _ = await demo.WaitForLineAsync(
            line => line.TrimStart().StartsWith(moment, StringComparison.Ordinal), TimeSpan.FromMinutes(1));

        _ = demo.Interrupt(); // It may have been quicker, and be over.

        // 0 when it had played to the end before it was asked, 130 as a shell has it when it had not.
        Assert.True(await demo.WaitForExitAsync(endDeadline) is 0 or 130, string.Join('\n', demo.Output));
        Assert.Empty(demo.Errors);
        Assert.DoesNotContain(demo.Output, line => line.Contains("   at ", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateDirectories(temp.Path, "broker-demo-*"));
    }

    [Fact]
    public async Task Two_at_once_do_not_meet()
    {
        var both = await Task.WhenAll(
            BrokerProgram.RunAsync("demo", "--once"), BrokerProgram.RunAsync("demo", "--once"));

        Assert.All(both, result => Assert.True(result.ExitCode == 0, result.Text));
    }

    [Fact]
    public async Task On_a_terminal_it_has_colours_which_end_with_their_line()
    {
        var lines = await RunOnTerminalAsync(noColor: null);

        Assert.Contains(lines, line => line.Contains(Escape, StringComparison.Ordinal));
        Assert.All(
            lines.Where(line => line.Contains(Escape, StringComparison.Ordinal)),
            line => Assert.DoesNotContain(Escape, Colours().Replace(line, "")));
        Assert.DoesNotContain(lines, line => Colours().Replace(line, "").Length > 100);
    }

    [Fact]
    public async Task On_a_terminal_NO_COLOR_is_respected()
    {
        var lines = await RunOnTerminalAsync(noColor: "1");

        Assert.DoesNotContain(lines, line => line.Contains("\u001b[", StringComparison.Ordinal)
            && !line.Contains("\u001b[?", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> RunOnTerminalAsync(string? noColor)
    {
        Broker.Testing.Requires.Command("script", "bsdutils");
        var command = $"'{DotnetHost.Path}' '{BrokerProgram.Dll}' demo --once";
        var result = await BrokerProgram.RunAsync(TestProcess.Start(
            "script", ["-qec", command, "/dev/null"], start =>
            {
                start.Environment["TERM"] = "xterm-256color";
                _ = noColor is null
                    ? start.Environment.Remove("NO_COLOR")
                    : start.Environment.TryAdd("NO_COLOR", noColor); // Whether it was there does not matter.
            }));
        Assert.True(result.ExitCode == 0, result.Text);
        Assert.Contains(result.Output, line => line.Contains("demo: ok", StringComparison.Ordinal));
        return [.. result.Output.Select(line => line.TrimEnd('\r'))];
    }

    // A colour and the reset that ends it on the same line; and how .NET sets up a terminal (cursor keys).
    [GeneratedRegex(@"(\u001b\[[1-9][0-9;]*m)+([^\u001b]*)\u001b\[0m|\u001b\[\?\d+[hl]\u001b?[=>]?|\u001b[=>]")]
    private static partial Regex Colours();

    [GeneratedRegex(@"after:\s+position \d+: ")]
    private static partial Regex TamperedPosition();
}
