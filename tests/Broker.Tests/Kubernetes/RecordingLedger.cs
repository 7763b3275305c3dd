using Broker.Core.Commands;
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

    public Task RecordGapAsync(RecordGap command) => Take(command);

    public Task<IReadOnlyList<NodeView>> NodesAsync() => Task.FromResult<IReadOnlyList<NodeView>>([.. Nodes]);

    /// <summary>A node that the ledger has as registered.</summary>
    public void Knows(string name) => Nodes.Add(new NodeView(
        NodeName.Parse(name), NodeUid.Parse("uid-" + name), Standing.Active, null, [], 0, 0, 0));

    private Task Take(Command command)
    {
        Commands.Add(command);
        return Task.CompletedTask;
    }
}
