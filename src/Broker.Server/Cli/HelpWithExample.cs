using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Broker.Server.Cli;

/// <summary>The help of a command, with a line to copy at its end.</summary>
internal sealed class HelpWithExample(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    private const int Columns = 100;

    private static readonly Dictionary<string, string> Examples = new()
    {
        ["ca"] = "broker ca --data ./broker-data",
        ["copy"] = "broker journal copy --from ./broker-data --to ./broker-dapr --set journal:store=dapr",
        ["demo"] = "broker demo --once",
        ["folder"] = "broker folder --data /var/lib/broker/ledger --owner 1654",
        ["init"] = "broker init --data ./broker-data --pool pods=10.64.0.0/16",
        ["journal"] = "broker journal copy --from ./broker-data --to ./broker-dapr --set journal:store=dapr",
        ["node-ca"] = "broker node-ca --out /run/broker/node-ca.crt",
        ["person"] = "broker person --data ./broker-data --name alice --role auditor",
        ["serve"] = "broker serve --data ./broker-data --set listen:node=127.0.0.1:9443",
        ["settings"] = "broker settings",
        ["verify"] = "broker verify --data ./broker-data",
    };

    /// <summary>Puts it in the place of the help that the library brings.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExample(new HelpAction { MaxWidth = Columns });
    }

    /// <summary>Whoever asks for help may leave out what is required.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        if (Examples.TryGetValue(parseResult.CommandResult.Command.Name, out var example))
        {
            Console.WriteLine($"Example:\n  {example}\n");
        }

        return exitCode;
    }
}
