using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Nodes;

namespace Broker.Cli.Nodes;

/// <summary><c>brokerctl nodes show</c>.</summary>
internal static class NodesShowCommand
{
    private static readonly IReadOnlyList<Column<CertificateInfo>> columns =
    [
        new("SLOT", certificate => certificate.Slot),
        new("CERTIFICATE", certificate => Shown.Hash(certificate.Certificate)),
        new("KEY", certificate => Shown.Hash(certificate.Key), 2),
        new("VALID FROM", certificate => Shown.Time(certificate.NotBefore), 3),
        new("VALID UNTIL", certificate => Shown.Time(certificate.NotAfter)),
        new("POSITION", certificate => Shown.Number(certificate.Position), 1, IsNumber: true),
        new("CSR", certificate => certificate.Csr ?? string.Empty, 4),
        new("ASSURANCE", certificate => certificate.Hold ?? certificate.Assurance, 5),
    ];

    public static Command Create(Ctl ctl)
    {
        var name = NodeCommands.Name(ctl, "The node to show.");
        var command = new CtlCommand(
            "show", "Show one node with its certificates.", "brokerctl nodes show node-a -o json")
        {
            name,
        };
        ctl.Handle(command, async run =>
        {
            var node = (await run.Api.ReadNodeAsync(run.Result.GetRequiredValue(name), run.Cancellation)).OrThrow();
            run.Answer.One(node, shown => Write(run.Screen, shown));
            return ExitCodes.Good;
        });
        return command;
    }

    private static void Write(Screen screen, NodeInfo node)
    {
        new Details()
            .Add("name", node.Name)
            .Add("standing", node.Standing)
            .Add("Node UID", node.Uid)
            .Add("holds", $"{Shown.Number(node.Blocks)} blocks, {Shown.Number(node.Leases)} leases")
            .Add("position", Shown.Number(node.Position))
            .Write(screen);
        if (node.Certificates.Count > 0)
        {
            screen.Out.WriteLine();
            TextTable.Write(screen, columns, node.Certificates);
        }
    }
}
