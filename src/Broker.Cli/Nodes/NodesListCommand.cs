using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Nodes;

namespace Broker.Cli.Nodes;

/// <summary><c>brokerctl nodes list</c>.</summary>
internal static class NodesListCommand
{
    private static readonly IReadOnlyList<Column<NodeInfo>> columns =
    [
        new("NAME", node => node.Name),
        new("STANDING", node => node.Standing),
        new("BLOCKS", node => Shown.Number(node.Blocks), 0, IsNumber: true),
        new("LEASES", node => Shown.Number(node.Leases), 0, IsNumber: true),
        new("CERTIFICATE", node => Shown.Hash(Current(node)?.Certificate), 2),
        new("VALID UNTIL", node => Shown.Time(Current(node)?.NotAfter), 1),
        new("ASSURANCE", node => Current(node)?.Assurance ?? string.Empty, 3),
        new("NODE UID", node => node.Registered ? node.Uid : "not registered", 4),
    ];

    public static Command Create(Ctl ctl)
    {
        var command = new CtlCommand("list", "List the nodes.", "brokerctl nodes list -o csv");
        ctl.Handle(command, async run =>
        {
            var answer = (await run.Api.ListNodesAsync(run.Cancellation)).OrThrow();
            run.Answer.List(
                answer, answer.Nodes, columns, "No node has enrolled yet. A token for one: brokerctl tokens issue");
            return ExitCodes.Good;
        });
        return command;
    }

    // Before its first use, a node's only certificate is a next one.
    private static CertificateInfo? Current(NodeInfo node) =>
        node.Certificates.FirstOrDefault(certificate => certificate.Slot == "current")
        ?? (node.Certificates.Count > 0 ? node.Certificates[0] : null);
}
