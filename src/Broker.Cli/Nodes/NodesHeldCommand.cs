using System.CommandLine;
using System.Text.Json.Nodes;
using Broker.Cli.Hosting;
using Broker.Cli.Output;

namespace Broker.Cli.Nodes;

/// <summary><c>brokerctl nodes held</c>: the certificates that wait for an operator.</summary>
internal static class NodesHeldCommand
{
    private static readonly string[] members = ["node", "certificate", "hold", "validUntil", "standing"];

    public static Command Create(Ctl ctl)
    {
        var command = new CtlCommand(
            "held",
            "List the certificates that are on hold, and why. What it writes into a file, 'nodes readmit' can read.",
            "brokerctl nodes held > held.txt\nbrokerctl nodes readmit --file held.txt --reason \"ticket 4711\"");
        ctl.Handle(command, async run =>
        {
            var nodes = (await run.Api.ListNodesAsync(run.Cancellation)).OrThrow().Nodes;
            var rows = nodes
                .SelectMany(node => node.Certificates
                    .Where(certificate => certificate.Slot == "held")
                    .Select(certificate => new JsonObject
                    {
                        [members[0]] = node.Name,
                        [members[1]] = certificate.Certificate,
                        [members[2]] = certificate.Hold,
                        [members[3]] = certificate.NotAfter,
                        [members[4]] = node.Standing,
                    }))
                .ToList();
            run.Answer.Own("held", rows, Columns(run.Screen), "No certificate is on hold.");
            return ExitCodes.Good;
        });
        return command;
    }

    // Cut for people; whole where a file is made of it.
    private static IReadOnlyList<Column<JsonObject>> Columns(Screen screen) =>
    [
        new("NODE", row => Text(row, 0)),
        new("CERTIFICATE", row => screen.Columns is null ? Text(row, 1) : Shown.Hash(Text(row, 1))),
        new("HOLD", row => Text(row, 2)),
        new("VALID UNTIL", row => Shown.Time(Text(row, 3)), 1),
        new("STANDING", row => Text(row, 4), 2),
    ];

    private static string Text(JsonObject row, int member) => (string?)row[members[member]] ?? string.Empty;
}
