using System.CommandLine;
using Broker.Cli.Contexts;
using Broker.Cli.Output;

namespace Broker.Cli.Hosting;

/// <summary>What all commands share: the options of the root, the screen, and how an action is run.</summary>
internal sealed class Ctl(Screen screen, CliEnvironment environment)
{
    public Screen Screen => screen;

    public CliEnvironment Environment => environment;

    /// <summary>Which broker, as whom.</summary>
    public Option<string?> Context { get; } = new("--context")
    {
        Description = "Which broker, as whom: a context file, a data folder of 'broker init', or a name. "
            + "Else $BROKER_CONTEXT, else the one of 'context use'.",
        HelpName = "FILE|FOLDER|NAME",
        Recursive = true,
    };

    /// <summary>How answers are written.</summary>
    public Option<OutputFormat> Output { get; } = new("--output", "-o")
    {
        Description = "table, json, yaml or csv; field names are those of the API.",
        HelpName = "FORMAT",
        Recursive = true,
        DefaultValueFactory = _ => OutputFormat.Table,
    };

    /// <summary>Gives a command its action.</summary>
    public void Handle(Command command, Func<Run, Task<int>> action) => command.SetAction(
        async (result, cancellation) =>
        {
            using var run = new Run(this, result, cancellation);
            return await action(run);
        });

    /// <summary>The context of a command line.</summary>
    /// <exception cref="CliFailureException">There is none, or it cannot be used.</exception>
    public FoundContext FindContext(ParseResult result) =>
        new ContextFinder(environment).Find(result.GetValue(Context));
}
