using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Contracts.Reservations;
using Broker.Core.Addresses;

namespace Broker.Cli.Reservations;

/// <summary><c>brokerctl reservations drop</c>.</summary>
internal static class ReservationsDropCommand
{
    // The broker's own code: it would say the same.
    private const string Unknown = "reservation_unknown";

    public static Command Create(Ctl ctl)
    {
        var addresses = new Argument<string>("addresses")
        {
            Description = "The addresses as they were reserved.",
            HelpName = "ADDRESSES",
        };
        addresses.CompletionSources.Add(context => Completion.LiveNames.Of(ctl, context, async (api, cancellation) =>
            (await api.ListReservationsAsync(cancellation)).OrThrow().Reservations.Select(row => row.Addresses)));
        var position = new Option<long?>("--position")
        {
            Description = "The reservation's position, as 'list' showed it; else it is looked up.",
            HelpName = "N",
        };
        var command = new CtlCommand(
            "drop",
            "Give reserved addresses back to their pool.",
            "brokerctl reservations drop 10.64.0.10-10.64.0.19 --reason \"moved to another rack\"")
        {
            addresses, position,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var text = run.Result.GetRequiredValue(addresses);
            var (wire, number) = run.Result.GetValue(position) is { } known
                ? (text, known)
                : await FindAsync(run, text);
            var answer = (await run.Api.DropReservationAsync(
                wire, number, change.Body(run), run.Cancellation, change.DryRun(run))).OrThrow();
            run.Answer.One(answer, shown => Say(run, change, shown));
            return ExitCodes.Good;
        });
        return command;
    }

    private static void Say(Run run, ChangeOptions change, ReservationDroppedResponse answer) => change.Say(
        run,
        answer.Dropped
            ? $"{answer.Addresses} is reserved no more."
            : $"{answer.Addresses} was not reserved at that position any more; nothing was to be done.",
        $"{answer.Addresses} would be reserved no more.");

    // Equal addresses may be written in several ways.
    private static async Task<(string Addresses, long Position)> FindAsync(Run run, string text)
    {
        var wanted = IpRange.TryParse(text, out var range) ? range : (IpRange?)null;
        var all = (await run.Api.ListReservationsAsync(run.Cancellation)).OrThrow().Reservations;
        var found = all.FirstOrDefault(row => IpRange.TryParse(row.Addresses, out var own) && own == wanted)
            ?? throw new CliFailureException(
                Unknown,
                $"'{text}' is not reserved as such.",
                "A reservation is dropped whole, by the addresses that it was made with: brokerctl reservations list");
        return (found.Addresses, found.Position);
    }
}
