using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Newcomer;

/// <summary>What goes wrong in a stranger's first ten minutes, and what the program says then.</summary>
public sealed class NewcomerTest
{
    [Fact]
    public async Task A_port_that_is_taken_is_named_with_the_way_out()
    {
        using var temp = new TempFolder();
        var folder = await InitAsync(temp);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var ports = FreePort.Take(3).Prepend(((IPEndPoint)other.LocalEndpoint).Port).ToList();

        var result = await BrokerProgram.RunAsync(ServedBroker.Arguments(folder, ports));

        AssertSays(result, 1, "port_taken", ports[0].ToString(CultureInfo.InvariantCulture), "--set listen:node=");
    }

    [Fact]
    public async Task An_address_that_is_not_here_is_named()
    {
        using var temp = new TempFolder();
        var folder = await InitAsync(temp);

        // 192.0.2.0/24 is for documentation (RFC 5737): no machine has an address of it.
        var result = await BrokerProgram.RunAsync(
            [.. ServedBroker.Arguments(folder, FreePort.Take(4)), "--set", "listen:node=192.0.2.1:8443"]);

        AssertSays(result, 1, "cannot_listen", "192.0.2.1:8443", "ip address");
    }

    [Fact]
    public async Task A_data_folder_that_is_not_there_is_named_with_the_command_that_makes_it()
    {
        using var temp = new TempFolder();

        var result = await BrokerProgram.RunAsync("serve", "--data", temp["nowhere"]);

        AssertSays(result, 2, $"broker init --data {temp["nowhere"]}");
    }

    [Fact]
    public async Task Verify_of_a_folder_that_is_not_there_says_so()
    {
        using var temp = new TempFolder();

        var result = await BrokerProgram.RunAsync("verify", "--data", temp["nowhere"]);

        AssertSays(result, 1, temp["nowhere"], "broker init");
    }

    [Fact]
    public async Task A_folder_that_is_not_empty_is_not_made_a_ledger()
    {
        using var temp = new TempFolder();
        _ = temp.Write("data/something", "x"); // Only its being there matters.

        var result = await BrokerProgram.RunAsync("init", "--data", temp["data"]);

        AssertSays(result, 1, "folder_not_empty", "Choose another --data");
    }

    [Fact]
    public async Task Without_HOME_the_demo_plays()
    {
        var result = await BrokerProgram.RunAsync(start => start.Environment.Remove("HOME"), "demo", "--once");

        Assert.True(result.ExitCode == 0, result.Text);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public async Task A_temporary_folder_that_is_not_there_is_named()
    {
        using var temp = new TempFolder();

        var result = await BrokerProgram.RunAsync(
            start => start.Environment["TMPDIR"] = temp["nowhere"], "demo", "--once");

        AssertSays(result, 1, "temp_unusable", "TMPDIR");
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_data_folder_is_named()
    {
        using var temp = new TempFolder();
        var file = temp.Write("file", "x");

        AssertSays(await BrokerProgram.RunAsync("init", "--data", file), 1, file);
        AssertSays(await BrokerProgram.RunAsync("init", "--data", Path.Combine(file, "data")), 1, file);
        AssertSays(await BrokerProgram.RunAsync("serve", "--data", file), 2, file);
    }

    [Theory]
    [InlineData("serv")]
    [InlineData("serve")]
    [InlineData("serve --dta x")]
    [InlineData("serve --data x y")]
    [InlineData("init --data")]
    [InlineData("init --data x --origin")]
    public async Task A_wrong_command_line_is_answered_with_what_is_wrong_and_where_to_look(string arguments)
    {
        var result = await BrokerProgram.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        AssertSays(result, 2, "broker: ", "--help");
    }

    [Fact]
    public async Task Without_arguments_it_shows_its_help_and_that_nothing_was_done()
    {
        var result = await BrokerProgram.RunAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Errors);
        Assert.Contains("broker demo", result.Text, StringComparison.Ordinal);
        Assert.Contains("Commands:", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "broker demo")]
    [InlineData("serve --help", "broker serve --data ./broker-data")]
    [InlineData("init --help", "broker init --data ./broker-data")]
    [InlineData("verify --help", "broker verify --data ./broker-data")]
    [InlineData("demo --help", "broker demo --once")]
    [InlineData("person --help", "broker person --data ./broker-data --name ")]
    [InlineData("settings --help", "broker settings")]
    public async Task Help_has_an_example(string arguments, string example)
    {
        var result = await BrokerProgram.RunAsync(arguments.Split(' '));

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Errors);
        Assert.Contains(example, result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Output, line => line.Length > 100);
    }

    [Fact]
    public async Task Every_command_has_an_example()
    {
        var help = await BrokerProgram.RunAsync("--help");
        var commands = help.Output.SkipWhile(line => line != "Commands:").Skip(1)
            .TakeWhile(line => line.Length > 0)
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ')
            .Select(line => line.Trim().Split(' ')[0]).ToList();

        Assert.Contains("serve", commands);
        foreach (var command in commands)
        {
            var result = await BrokerProgram.RunAsync(command, "--help");
            Assert.Contains($"Example:\n  broker {command}", result.Text, StringComparison.Ordinal);
        }
    }

    internal static async Task<string> InitAsync(TempFolder temp)
    {
        var made = await BrokerProgram.RunAsync("init", "--data", temp["data"]);
        Assert.True(made.ExitCode == 0, made.Text);
        return temp["data"];
    }

    /// <summary>Few lines for people on standard error, with these words in them, and no stack trace.</summary>
    internal static void AssertSays(ProgramResult result, int exitCode, params IEnumerable<string> words)
    {
        Assert.True(result.ExitCode == exitCode, $"It ended with {result.ExitCode}:\n{result.Text}");
        var said = string.Join('\n', result.Errors);
        Assert.All(words, word => Assert.Contains(word, said, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
        Assert.InRange(result.Errors.Count, 1, 12);
    }
}
