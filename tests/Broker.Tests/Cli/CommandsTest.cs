using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Xunit;

namespace Broker.Tests.Cli;

public sealed partial class CommandsTest : IDisposable
{
    private readonly CtlShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Every_command_has_an_example_and_it_can_be_parsed()
    {
        var root = Root();
        var commands = All(root).ToList();

        Assert.True(commands.Count > 35, $"Only {commands.Count} commands are walked.");
        Assert.All(commands, command =>
        {
            var example = Assert.IsType<CtlCommand>(command).Example;
            Assert.All(Lines(example), line => Assert.Empty(root.Parse(line).Errors));
            Assert.Contains($" {command.Name}", example, StringComparison.Ordinal);
        });
        Assert.All(Lines(CtlRoot.Example), line => Assert.Empty(root.Parse(line).Errors));
    }

    [Fact]
    public async Task The_help_of_every_command_shows_its_example_and_fits_a_screen()
    {
        foreach (var command in All(Root()))
        {
            var help = await _shell.RunAsync([.. Path(command), "--help"]);

            Assert.Equal(0, help.ExitCode);
            Assert.Contains("Example:", help.Output, StringComparison.Ordinal);
            Assert.Contains(((CtlCommand)command).Example.Split('\n')[0], help.Output, StringComparison.Ordinal);
            Assert.Empty(help.Errors);
        }

        Assert.Contains("Exit codes:", (await _shell.RunAsync("--help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_change_takes_a_reason_and_a_dry_run() => Assert.All(
        All(Root()).Where(command => changes.Contains(string.Join(' ', Path(command)))),
        command =>
        {
            Assert.Contains(command.Options, option => option.Name == "--reason");
            Assert.Contains(command.Options, option => option.Name == "--dry-run");
        });

    [Fact]
    public async Task Wrong_usage_exits_with_64_and_says_where_to_read_on()
    {
        await RefusesAsync("See: brokerctl --help");
        await RefusesAsync("See: brokerctl pools --help", "pools");
        await RefusesAsync("apply", "pools");
        await RefusesAsync("See: brokerctl who --help", "who");
        await RefusesAsync("'--colour'", "pools", "list", "--colour");
        await RefusesAsync("xml", "pools", "list", "-o", "xml");
        await RefusesAsync("contradict", "events", "--after", "3", "--last", "4");
        await RefusesAsync("powershell", "completion", "powershell");
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _brokerctl brokerctl")]
    [InlineData("zsh", "compdef _brokerctl brokerctl")]
    [InlineData("fish", "complete --command brokerctl")]
    public async Task Each_shell_gets_its_completion_script(string shell, string line)
    {
        var script = await _shell.RunAsync("completion", shell);

        Assert.Equal(0, script.ExitCode);
        Assert.Contains(line, script.Output, StringComparison.Ordinal);
    }

    private static readonly string[] changes =
    [
        "pools define", "pools open", "pools drain", "pools retire", "pools apply",
        "reservations make", "reservations drop", "nodes fence",
        "nodes quarantine", "nodes readmit", "nodes adopt", "nodes deny", "nodes retire", "csr approve", "csr deny",
        "tokens issue", "tokens revoke",
    ];

    [System.Text.RegularExpressions.GeneratedRegex("brokerctl ((?:\"[^\"]*\"|[^\"|>#)\n])*)")]
    private static partial System.Text.RegularExpressions.Regex CommandLine();

    private static IEnumerable<string> Lines(string example) =>
        CommandLine().Matches(example).Select(match => match.Groups[1].Value.Trim());

    private static RootCommand Root() => CtlRoot.Create(new Ctl(
        new Screen(TextWriter.Null, TextWriter.Null, null, null, colours: false),
        new CliEnvironment(_ => null, "/", TextReader.Null, TimeProvider.System)));

    private static IEnumerable<Command> All(Command command) =>
        command.Subcommands.SelectMany(inner => All(inner).Prepend(inner));

    private static Stack<string> Path(Command command)
    {
        var names = new Stack<string>();
        for (Symbol? symbol = command; symbol is not RootCommand and not null; symbol = symbol.Parents.First())
        {
            names.Push(symbol.Name);
        }

        return names;
    }

    private async Task RefusesAsync(string says, params string[] arguments)
    {
        var result = await _shell.RunAsync(arguments);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains(says, result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }
}
