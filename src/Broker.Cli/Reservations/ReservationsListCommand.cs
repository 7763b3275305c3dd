using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Reservations;

namespace Broker.Cli.Reservations;

/// <summary><c>brokerctl reservations list</c>.</summary>
internal static class ReservationsListCommand
{
    private static readonly IReadOnlyList<Column<ReservationInfo>> columns =
    [
        new("ADDRESSES", reservation => reservation.Addresses),
        new("NAME", reservation => Shown.Safe(reservation.Name)),
        new("POOL", reservation => reservation.Pool, 2),
        new("MAC", reservation => reservation.Mac ?? string.Empty, 3),
        new("OWNER", reservation => Shown.Safe(reservation.Owner), 1),
        new("WORKLOAD", reservation => Shown.Safe(reservation.Workload), 2),
        new("MADE BY", reservation => Shown.Safe(reservation.MadeBy), 4),
        new("MADE", reservation => Shown.Time(reservation.MadeAt), 5),
        new("POSITION", reservation => Shown.Number(reservation.Position), 6, IsNumber: true),
    ];

    public static Command Create(Ctl ctl)
    {
        var pool = new Option<string?>("--pool") { Description = "Only those in this pool.", HelpName = "POOL" };
        var command = new CtlCommand("list", "List the reservations.", "brokerctl reservations list --pool lan")
        {
            pool,
        };
        ctl.Handle(command, async run =>
        {
            var wanted = run.Result.GetValue(pool);
            var all = (await run.Api.ListReservationsAsync(run.Cancellation)).OrThrow();
            var answer = all with
            {
                Reservations = [.. all.Reservations.Where(row => wanted is null || row.Pool == wanted)],
            };
            run.Answer.List(answer, answer.Reservations, columns, "Nothing is reserved.");
            return ExitCodes.Good;
        });
        return command;
    }
}
