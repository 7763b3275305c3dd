using System.Diagnostics;
using Broker.Testing;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Demo;

/// <summary>Every command that the demo prints does, in another shell, what its act says.</summary>
public sealed class DemoCommandsTest
{
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(1);

    /// <summary>A part of each command that only it has, and a part of what it must answer.</summary>
    private static readonly IReadOnlyList<(string Command, string Answer)> expected =
    [
        ("broker init", "Serving"),
        ("$N/v1/whoami", "\"role\":\"node\",\"name\":\"node-a\""),
        ("$N/v1/blocks", "\"block\":\"10.64."),
        ("$D/node-a.curl $N/v1/leases", "\"address\":\"10.64."),
        ("grep alarm.raised", "\"kind\":\"unwitnessed\""),
        ("$P/v1/addresses/", "\"approvalRule\":\"bootstrap-token\""),
        ("broker verify --data $D", "events are what was written"),
        ("-N $P/v1/events", "ledger.created"),
        ("/fence", "\"standing\":\"fenced\""),
        ("$N/v1/leases    # refused: node_fenced", "\"code\":\"node_fenced\""),
        ("/readmit", "\"standing\":\"active\""),
    ];

    [Fact]
    public async Task Every_printed_command_works_in_another_shell()
    {
        Requires.Command("curl", "curl");
        using var temp = new TempFolder();
        WriteBrokerCommand(temp);
        await using var demo = await RunningDemo.StartAsync("--keep");
        try
        {
            Assert.All(demo.Commands, command => Assert.True(Expect(command) is not null, $"Not expected: {command}"));
            Assert.All(expected, row => Assert.Contains(demo.Commands, command => Expect(command) == row.Answer));
            var later = demo.Commands.Where(IsForAStoppedBroker).ToList();
            foreach (var command in demo.Commands.Except(later))
            {
                await CheckAsync(demo, command, temp);
            }

            Assert.True(demo.Process.Interrupt());
            Assert.Equal(0, await demo.Process.WaitForExitAsync(deadline));
            foreach (var command in later)
            {
                await CheckAsync(demo, command, temp);
            }
        }
        finally
        {
            await demo.Process.DisposeAsync();
            Directory.Delete(Path.GetDirectoryName(demo.Folder)!, recursive: true);
        }
    }

    private static bool IsForAStoppedBroker(string command) =>
        command.StartsWith("broker verify", StringComparison.Ordinal);

    /// <summary>What a command must answer: by the longest part that it has; null for an unknown one.</summary>
    private static string? Expect(string command) => expected
        .Where(row => command.Contains(row.Command, StringComparison.Ordinal))
        .MaxBy(row => row.Command.Length).Answer;

    private static async Task CheckAsync(RunningDemo demo, string command, TempFolder temp)
    {
        var answer = Expect(command)!;
        await using var shell = BashScript.Start($"{demo.Variables}\n{command}\n", temp.Path, temp["bin"]);
        var started = Stopwatch.GetTimestamp();
        try
        {
            // Some stay open, as a person would see: what counts is the answer.
            _ = await shell.WaitForLineAsync(line => line.Contains(answer, StringComparison.Ordinal), deadline);
        }
        catch (TimeoutException error)
        {
            Assert.Fail($"{command}\nafter {Stopwatch.GetElapsedTime(started)}, wanted {answer}\n{error.Message}");
        }
        finally
        {
            shell.KillGroup();
        }
    }

    /// <summary>A <c>broker</c> on the PATH, as after an installation.</summary>
    private static void WriteBrokerCommand(TempFolder temp) =>
        // Its path is not needed: the shell finds it by its name.
        _ = temp.WriteProgram("bin/broker", $"#!/bin/sh\nexec '{DotnetHost.Path}' '{BrokerProgram.Dll}' \"$@\"\n");
}
