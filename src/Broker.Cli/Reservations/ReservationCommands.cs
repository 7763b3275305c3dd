using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Reservations;

/// <summary><c>brokerctl reservations</c>.</summary>
internal static class ReservationCommands
{
    public static Command Create(Ctl ctl) =>
        new CtlCommand(
            "reservations", "Addresses that are kept back: routers, VIPs, printers.", "brokerctl reservations list")
    {
        ReservationsListCommand.Create(ctl), ReservationsMakeCommand.Create(ctl), ReservationsDropCommand.Create(ctl),
    };
}
