using System.Net.Sockets;
using System.Text.RegularExpressions;
using Broker.SystemTests.Demo;
using Broker.Testing;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Readme;

/// <summary>README.md says what is so: its commands run as they stand, its sample is what the demo prints.</summary>
public sealed partial class ReadmeTest
{
    private const int LinesMax = 120;
    private static readonly TimeSpan sectionDeadline = TimeSpan.FromMinutes(3);
    private static readonly int[] defaultPorts = [8443, 8444, 8445, 8081];

    public static TheoryData<string> SectionNames => [.. ReadmeText.Read().Sections.Select(each => each.Section)];

    [Fact]
    public void It_is_short() => Assert.InRange(ReadmeText.Read().Lines.Count, 1, LinesMax);

    [Fact]
    public void Each_fence_says_what_it_holds() =>
        Assert.All(ReadmeText.Read().Blocks, block => Assert.Contains(block.Language, (string[])["sh", "text"]));

    [Fact]
    public async Task Its_sample_of_the_demo_is_what_the_demo_prints()
    {
        var sample = ReadmeText.Read().Blocks
            .Single(block => block.Language == "text" && block.Text.Contains("demo: ok", StringComparison.Ordinal))
            .Text.Split('\n');
        var real = await BrokerProgram.RunAsync("demo", "--once");

        Assert.Equal(
            DemoText.Acts(real.Output).Select(act => DemoText.Shape(act.Title)),
            DemoText.Acts(sample).Select(act => DemoText.Shape(act.Title)));
        var lines = real.Output.Select(Shape).ToHashSet();
        Assert.All(
            sample.Where(line => line.Trim() is not ("" or "...")),
            line => Assert.True(lines.Contains(Shape(line)), $"The demo prints no such line: {line}"));
    }

    [Theory]
    [MemberData(nameof(SectionNames))]
    public async Task The_commands_of_each_section_run_as_they_stand(string section)
    {
        Requires.Command("curl", "curl");
        Requires.Command("openssl", "openssl");
        Requires.Command("jq", "jq");
        Requires.Command("setsid", "util-linux");
        var readme = ReadmeText.Read();
        var commands = readme.Sections.Single(each => each.Section == section).Commands;
        if (commands.Contains(" serve ", StringComparison.Ordinal))
        {
            Requires.That(defaultPorts.All(IsFree), "a program has one of the ports 8443, 8444, 8445, 8081; stop it");
        }

        using var temp = new TempFolder();
        WriteDotnet(temp, readme.Root);
        Directory.CreateSymbolicLink(temp["tests"], Path.Combine(readme.Root, "tests"));
        var result = await BashScript.RunAsync(Script(commands), temp.Path, sectionDeadline, temp["bin"]);

        Assert.True(result.ExitCode == 0, $"{section} ended with {result.ExitCode}:\n{result.Text}");
        Assert.DoesNotContain(result.Output, line => line.Contains("\"code\":", StringComparison.Ordinal));
    }

    /// <summary>
    /// The commands as they stand, except that a whole run of the tests becomes a look at whether there is one, and
    /// that the demo, which waits for a person's Ctrl-C, gets it once it stays up.
    /// </summary>
    private static string Script(string commands)
    {
        var lines = commands.Split('\n').Select(line => TestsRun().Match(line) switch
        {
            { Success: true } run => $"tests/run --help | grep -qF -- '{run.Groups[1].Value}' && tests/run --list",
            _ when DemoThatStays().IsMatch(line) => $"set -m; {line} > demo.txt & "
                + "until grep -q /readmit demo.txt; do kill -0 $!; sleep 0.1; done; kill -INT -- -$!; wait $!; "
                + "set +m; tail -n 1 demo.txt | grep '^demo: ok'",
            _ => line,
        });
        return $"set -eo pipefail\ntrap 'kill $(jobs -p) 2> kill.txt || true; wait' EXIT\n{string.Join('\n', lines)}\n";
    }

    /// <summary>
    /// A <c>dotnet</c> for the PATH that runs the project as it was built with these tests: folders that a command
    /// makes come to lie in the temporary folder, and nothing is built beside a build that may be going on.
    /// </summary>
    private static void WriteDotnet(TempFolder temp, string root)
    {
        var isRelease = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal);
        var configuration = isRelease ? "Release" : "Debug";
        _ = temp.WriteProgram(
            "bin/dotnet",
            $"""
            #!/bin/bash
            if [ "$1 $2" = "run --project" ]; then
                project={root}/$3
                shift 3
                set -- run --no-build -c {configuration} --project "$project" "$@"
            fi
            exec '{DotnetHost.Path}' "$@"

            """); // Found by its name.
    }

    private static bool IsFree(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect("127.0.0.1", port);
            return false;
        }
        catch (SocketException)
        {
            return true; // Nobody answers.
        }
    }

    /// <summary>A line without what differs from run to run: hashes, ids, times, positions, counts.</summary>
    private static string Shape(string line) => Varying().Replace(DemoText.Shape(line), "*").TrimEnd();

    [GeneratedRegex(@"^tests/run\b ?(\S*)")]
    private static partial Regex TestsRun();

    [GeneratedRegex(@"-- demo\s*$")]
    private static partial Regex DemoThatStays();

    [GeneratedRegex(
        @"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{12,64}\b|node-csr-\S+|token \S+|bootstrap:\S+| +\d+\.\d ms"
        + @"|(?<=generation |position |epoch |\()\d+|\d+ (?=events|free)")]
    private static partial Regex Varying();
}
