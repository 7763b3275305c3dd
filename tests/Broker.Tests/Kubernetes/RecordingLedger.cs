using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Broker.Kubernetes.Recording;

namespace Broker.Tests.Kubernetes;

/// <summary>Remembers what the witness writes down, and answers with the nodes that a test names.</summary>
internal sealed class RecordingLedger : IWitnessLedger
{
    public List<Command> Commands { get; } = [];

    public List<NodeView> Nodes { get; } = [];

    /// <summary>What was asked to be reclaimed, and the Node of that name then.</summary>
    public List<(NodeName Node, Evidence Evidence, ObservedNode? NodeObject)> Reclaims { get; } = [];

    public Task<Outcome<CsrView>> ObserveAsync(
        ObserveCsr command, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> certificate)
    {
        Commands.Add(command);
        return Task.FromResult(Outcome<CsrView>.Refused(new Refusal(RefusalCode.LedgerLimit, "It is a recording.")));
    }

    public Task BindAsync(BindNode command) => Take(command);

    public Task LoseAsync(LoseNode command)
    {
        _ = Nodes.RemoveAll(node => node.Uid == command.Uid);
        return Take(command);
    }

    public Task ReclaimAsync(NodeName node, Evidence evidence, ObservedNode? nodeObject)
    {
        Reclaims.Add((node, evidence, nodeObject));
        return Task.CompletedTask;
    }

    public Task RecordGapAsync(RecordGap command) => Take(command);

    public Task<IReadOnlyList<NodeView>> NodesAsync() => Task.FromResult<IReadOnlyList<NodeView>>([.. Nodes]);

    /// <summary>A node that the ledger has as registered.</summary>
    public void Knows(string name, Standing standing = Standing.Active) => Nodes.Add(new NodeView(
        NodeName.Parse(name), NodeUid.Parse("uid-" + name), standing, null, [], 0, 0, 0));

    private Task Take(Command command)
    {
        Commands.Add(command);
        return Task.CompletedTask;
    }
}
