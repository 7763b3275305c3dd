using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Csrs;

namespace Broker.Cli.Csrs;

/// <summary><c>brokerctl csr list</c>.</summary>
internal static class CsrListCommand
{
    private static readonly IReadOnlyList<Column<CsrInfo>> columns =
    [
        new("NAME", csr => csr.Name),
        new("NODE", csr => csr.Node),
        new("STATUS", csr => csr.Hold is null ? csr.Status : $"{csr.Status} ({csr.Hold})"),
        new("DECIDED BY", csr => csr.Rule is { } rule ? $"rule {rule}" : Shown.Safe(csr.Approver), 1),
        new("KEY", csr => Shown.Hash(csr.Key), 2),
        new("REQUESTER", csr => Shown.Safe(csr.Requester), 3),
        new("CERTIFICATE", csr => Shown.Hash(csr.Certificate), 4),
    ];

    public static Command Create(Ctl ctl)
    {
        var pending = new Option<bool>("--pending") { Description = "Only those that wait for a decision." };
        var command = new CtlCommand(
            "list", "List the signing requests, pending ones first.", "brokerctl csr list --pending")
        {
            pending,
        };
        ctl.Handle(command, async run =>
        {
            var all = (await run.Api.ListCsrsAsync(run.Cancellation)).OrThrow();
            var answer = run.Result.GetValue(pending)
                ? all with { Csrs = [.. all.Csrs.Where(csr => csr.Status == "pending")] }
                : all;
            run.Answer.List(answer, answer.Csrs, columns, "There is no such signing request.");
            return ExitCodes.Good;
        });
        return command;
    }
}
