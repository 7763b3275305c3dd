using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Broker.Cli.Hosting;

namespace Broker.Cli.Help;

/// <summary>The help of a command, with a line to copy at its end.</summary>
internal sealed class HelpWithExample(SynchronousCommandLineAction help, TextWriter output)
    : SynchronousCommandLineAction
{
    private const int Columns = 100;

    /// <summary>Puts it in the place of the help that the library brings.</summary>
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExample(new HelpAction { MaxWidth = Columns }, output);
    }

    /// <summary>Whoever asks for help may leave out what is required.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        var example = parseResult.CommandResult.Command switch
        {
            CtlCommand command => command.Example,
            RootCommand => CtlRoot.Example,
            _ => null,
        };
        if (example is not null)
        {
            output.WriteLine($"Example:\n  {example.ReplaceLineEndings("\n  ")}\n");
        }

        return exitCode;
    }
}
