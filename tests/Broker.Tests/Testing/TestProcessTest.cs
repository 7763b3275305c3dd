using System.Diagnostics;
using System.Globalization;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Testing;

public sealed class TestProcessTest
{
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_both_streams_say_is_kept_and_the_exit_code_told()
    {
        await using var process = Shell("echo out; echo err >&2; exit 3");

        Assert.Equal(3, await process.WaitForExitAsync(deadline));
        Assert.Equal(["err", "out"], process.Output.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_line_that_comes_later_is_waited_for()
    {
        await using var process = Shell("echo first; sleep 0.2; echo ready; sleep 60");

        Assert.Equal("ready", await process.WaitForLineAsync(line => line != "first", deadline));
    }

    [Fact]
    public async Task A_line_that_cannot_come_any_more_is_not_waited_for()
    {
        await using var process = Shell("echo why it ended");

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => process.WaitForLineAsync(_ => false, deadline));
        Assert.Contains("ended without", failure.Message, StringComparison.Ordinal);
        Assert.Contains("why it ended", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_does_not_come_in_time_is_a_failure()
    {
        await using var process = Shell("sleep 60");

        _ = await Assert.ThrowsAsync<TimeoutException>(
            () => process.WaitForLineAsync(_ => false, TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public async Task A_polite_stop_reaches_the_handler()
    {
        await using var process = Shell("trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.05; done");
        _ = await process.WaitForLineAsync(line => line == "ready", deadline);

        Assert.True(process.Terminate());
        Assert.Equal(7, await process.WaitForExitAsync(deadline));
        Assert.Equal("bye", process.Output[^1]);
        Assert.False(process.Terminate());
    }

    [Fact]
    public async Task A_kill_reaches_nobody()
    {
        await using var process = Shell("trap 'echo bye' TERM EXIT; echo ready; while :; do sleep 0.05; done");
        _ = await process.WaitForLineAsync(line => line == "ready", deadline);

        process.Kill();

        Assert.Equal(128 + 9, await process.WaitForExitAsync(deadline));
        Assert.Equal(["ready"], process.Output);
    }

    [Fact]
    public async Task Children_do_not_outlive_the_test()
    {
        var process = Shell("sleep 60 & echo $!; wait");
        var child = int.Parse(
            await process.WaitForLineAsync(line => line.Length > 0, deadline), CultureInfo.InvariantCulture);

        await process.DisposeAsync();

        await Eventually.HoldsAsync("the child is gone", () => Task.FromResult(!Runs(child)), deadline);
    }

    [Fact]
    public async Task Output_is_bounded()
    {
        await using var process = Shell("i=0; while [ $i -lt 5000 ]; do echo $i; i=$((i+1)); done");

        _ = await process.WaitForExitAsync(deadline);

        Assert.Equal(4096, process.Output.Count);
        Assert.Equal("4999", process.Output[^1]);
    }

    [Fact]
    public void Ports_taken_together_differ() => Assert.Equal(20, FreePort.Take(20).Distinct().Count());

    [Fact]
    public void A_temporary_folder_is_gone_afterwards()
    {
        var folder = new TempFolder();
        Assert.True(File.Exists(folder.Write("a/b.txt", "text")));

        folder.Dispose();

        Assert.False(Directory.Exists(folder.Path));
    }

    private static TestProcess Shell(string script) => TestProcess.Start("sh", ["-c", script]);

    private static bool Runs(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
