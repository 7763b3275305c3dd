using Broker.Testing;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.House;

/// <summary>How tests/run counts: nothing that went wrong may look like success.</summary>
public sealed class RunScriptTest
{
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("false", 0, "passed='5' failed='0' skipped='0' errors='0' total='5'", "5 passed, 0 failed, 0 skipped")]
    [InlineData("true", 0, "passed='5' failed='0' skipped='0' errors='0' total='5'", "5 passed, 0 failed")]
    [InlineData("false", 0, "passed='4' failed='0' skipped='1' errors='0' total='5'", "4 passed, 0 failed, 1 skipped")]
    [InlineData("true", 0, "passed='4' failed='0' skipped='1' errors='0' total='5'", "4 passed, 1 failed")]
    [InlineData("true", 1, "passed='3' failed='2' skipped='0' errors='0' total='5'", "3 passed, 2 failed")]
    [InlineData("true", 1, "passed='5' failed='0' skipped='0' errors='1' total='5'", "5 passed, 1 failed")]
    [InlineData("true", 134, "passed='5' failed='0' skipped='0' errors='0' total='5'", "5 passed, 1 failed")]
    [InlineData("true", 0, "passed='0' failed='0' skipped='0' errors='0' total='0'", "0 passed, 1 failed")]
    [InlineData("true", 0, null, "0 passed, 1 failed")]
    public async Task The_closing_line_tells_what_the_report_tells(
        string ci, int status, string? report, string closingLine)
    {
        using var folder = new TempFolder();
        if (report is not null)
        {
            _ = folder.Write("report.xml", $"<assemblies><assembly {report.Replace('\'', '"')} /></assemblies>");
        }

        var (exitCode, output) = await RunAsync(ci, $"count_report Some.Tests '{folder["report.xml"]}' {status}");

        Assert.Equal(closingLine, output[^1]);
        Assert.Equal(closingLine.Contains(" 0 failed", StringComparison.Ordinal) ? 0 : 1, exitCode);
    }

    [Theory]
    [InlineData("exit 7")]
    [InlineData(":")]
    public async Task A_run_that_stops_or_does_nothing_has_failed(string script)
    {
        var (exitCode, output) = await RunAsync("true", script);

        Assert.Equal("0 passed, 1 failed", output[^1]);
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task What_is_missing_is_named_with_its_package()
    {
        var (_, output) = await RunAsync("false", "echo $(missing_packages sh:dash nope-a:b nope-b:a nope-c:b)");

        Assert.Equal("a b", output[0]);
    }

    [Theory]
    [InlineData("tests/run", "--list", 0, "fast")]
    [InlineData("tests/run", "--help", 0, "--install")]
    [InlineData("tests/run", "no-such-suite", 2, "no-such-suite")]
    [InlineData("tests/run", "--no-such-option", 2, "--help")]
    [InlineData("tests/campaign", "--list", 0, "kills")]
    [InlineData("tests/campaign", "no-such-campaign", 2, "--list")]
    public async Task The_scripts_explain_themselves_from_any_folder(
        string script, string argument, int exitCode, string says)
    {
        Requires.Command("bash", package: "bash");
        await using var run = TestProcess.Start(
            "bash", [RepositoryRoot.Full(script), argument], start => start.WorkingDirectory = Path.GetTempPath());

        Assert.Equal(exitCode, await run.WaitForExitAsync(deadline));
        Assert.Contains(run.Output, line => line.Contains(says, StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, IReadOnlyList<string> Output)> RunAsync(string ci, string script)
    {
        Requires.Command("bash", package: "bash");
        // One stream for both, so that their order is kept.
        const string Load =
            "exec 2>&1; set -euo pipefail; . tests/lib/say.sh; . tests/lib/packages.sh; . tests/lib/results.sh; ";
        await using var run = TestProcess.Start("bash", ["-c", $"{Load} trap finish EXIT; {script}"], start =>
        {
            start.WorkingDirectory = RepositoryRoot.Path;
            start.Environment["CI"] = ci;
        });
        return (await run.WaitForExitAsync(deadline), run.Output);
    }
}
