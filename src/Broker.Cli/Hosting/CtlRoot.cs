using System.CommandLine;
using Broker.Cli.Addresses;
using Broker.Cli.Blocks;
using Broker.Cli.Completion;
using Broker.Cli.Contexts;
using Broker.Cli.Csrs;
using Broker.Cli.Events;
using Broker.Cli.Explain;
using Broker.Cli.Help;
using Broker.Cli.Leases;
using Broker.Cli.Nodes;
using Broker.Cli.People;
using Broker.Cli.Pools;
using Broker.Cli.Reservations;
using Broker.Cli.Routes;
using Broker.Cli.Tokens;
using Broker.Cli.Verify;

namespace Broker.Cli.Hosting;

/// <summary>Every command, in the order of the help.</summary>
internal static class CtlRoot
{
    public const string Example = "brokerctl --context ./broker-data whoami\n"
        + "brokerctl context use ./broker-data\n"
        + "brokerctl who 10.64.0.2 --at \"10m ago\"";

    private const string Description = "brokerctl: asks and changes a broker, by its API.\n\n"
        + "Exit codes: 0 done, 1 refused or failed, 2 'pools apply --dry-run' would change something,\n"
        + "64 wrong usage, 69 no answer from the broker, 130 interrupted.";

    public static RootCommand Create(Ctl ctl)
    {
        var root = new RootCommand(Description)
        {
            WhoAmICommand.Create(ctl),
            WhoCommand.Create(ctl),
            PoolCommands.Create(ctl),
            BlockCommands.Create(ctl),
            LeaseCommands.Create(ctl),
            ReservationCommands.Create(ctl),
            RoutesCommand.Create(ctl),
            NodeCommands.Create(ctl),
            CsrCommands.Create(ctl),
            TokenCommands.Create(ctl),
            EventsCommand.Create(ctl),
            VerifyCommand.Create(ctl),
            ExplainCommand.Create(ctl),
            ContextCommands.Create(ctl),
            CompletionCommand.Create(ctl),
        };
        root.Options.Add(ctl.Context);
        root.Options.Add(ctl.Output);
        HelpWithExample.AddTo(root, ctl.Screen.Out);
        return root;
    }
}
