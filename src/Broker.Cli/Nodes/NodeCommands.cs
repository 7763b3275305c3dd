using System.CommandLine;
using Broker.Cli.Completion;
using Broker.Cli.Hosting;
using Broker.Contracts.Routing;

namespace Broker.Cli.Nodes;

/// <summary><c>brokerctl nodes</c>.</summary>
internal static class NodeCommands
{
    public static Command Create(Ctl ctl)
    {
        var command = new CtlCommand(
            "nodes", "Machines, their certificates, and their standing.", "brokerctl nodes list")
        {
            NodesListCommand.Create(ctl),
            NodesShowCommand.Create(ctl),
            NodesHeldCommand.Create(ctl),
            StandingCommand.Create(
                ctl,
                new("fence", ApiRoutes.NodeFence, "fenced"),
                "Refuse a node from now on and end its connections; its blocks stay where they are."),
            StandingCommand.Create(
                ctl,
                new("quarantine", ApiRoutes.NodeQuarantine, "quarantined"),
                "Grant a node nothing new; it may renew, and release what it holds."),
            NodesReadmitCommand.Create(ctl),
            NodesAdoptCommand.Create(ctl),
            NodesDenyCommand.Create(ctl),
            StandingCommand.Create(
                ctl,
                new("retire", ApiRoutes.NodeRetire, "retired"),
                "Close a node's name and certificates for good; it must hold no block."),
        };
        command.Aliases.Add("node");
        return command;
    }

    /// <summary>The name of a node, completed from those that the broker knows.</summary>
    public static Argument<string> Name(Ctl ctl, string description)
    {
        var name = new Argument<string>("node") { Description = description, HelpName = "NODE" };
        name.CompletionSources.Add(context => LiveNames.Of(ctl, context, NamesAsync));
        return name;
    }

    /// <summary>Names of nodes, completed from those that the broker knows.</summary>
    public static Argument<string[]> Names(Ctl ctl, string description)
    {
        var names = new Argument<string[]>("node")
        {
            Description = description,
            HelpName = "NODE",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.CompletionSources.Add(context => LiveNames.Of(ctl, context, NamesAsync));
        return names;
    }

    /// <summary>Narrows a list to one node.</summary>
    public static Option<string?> NodeOption(Ctl ctl)
    {
        var node = new Option<string?>("--node") { Description = "Only those of this node.", HelpName = "NODE" };
        node.CompletionSources.Add(context => LiveNames.Of(ctl, context, NamesAsync));
        return node;
    }

    private static async Task<IEnumerable<string>> NamesAsync(
        Client.PeopleApi api, CancellationToken cancellation) =>
        (await api.ListNodesAsync(cancellation)).OrThrow().Nodes.Select(node => node.Name);
}
