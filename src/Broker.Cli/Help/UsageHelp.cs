using System.CommandLine;
using System.CommandLine.Help;
using Broker.Cli.Hosting;
using Broker.Cli.Output;

namespace Broker.Cli.Help;

/// <summary>What a command line with a fault gets: every fault, and where to read on.</summary>
internal static class UsageHelp
{
    /// <summary>Whether it was answered here, and with which exit code.</summary>
    public static bool Refuses(ParseResult parsed, Screen screen, out int exitCode)
    {
        exitCode = ExitCodes.Usage;
        var command = parsed.CommandResult.Command;
        if (parsed.Errors.Count == 0 || parsed.Action is HelpWithExample || IsAboutItself(parsed))
        {
            return false;
        }

        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0)
        {
            screen.Error($"'{Path(parsed)}' needs one of its commands:", string.Empty);
            foreach (var inner in command.Subcommands)
            {
                screen.Note($"  {inner.Name,-14} {inner.Description}");
            }
        }
        else
        {
            foreach (var error in parsed.Errors)
            {
                screen.Error(error.Message, string.Empty);
            }
        }

        screen.Note($"See: {Path(parsed)} --help");
        return true;
    }

    /// <summary>The command as it is typed, such as <c>brokerctl pools apply</c>.</summary>
    public static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        Symbol? symbol = parsed.CommandResult.Command;
        while (symbol is not null)
        {
            names.Insert(0, symbol is RootCommand ? "brokerctl" : symbol.Name);
            symbol = symbol.Parents.FirstOrDefault();
        }

        return string.Join(' ', names);
    }

    // A suggestion is asked for the sake of a line that is not finished.
    private static bool IsAboutItself(ParseResult parsed) =>
        parsed.Tokens.Any(token => token.Type == System.CommandLine.Parsing.TokenType.Directive)
        || parsed.Action is HelpAction;
}
