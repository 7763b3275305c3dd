using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Reservations;

namespace Broker.Cli.Reservations;

/// <summary><c>brokerctl reservations make</c>.</summary>
internal static class ReservationsMakeCommand
{
    public static Command Create(Ctl ctl)
    {
        var addresses = new Argument<string>("addresses")
        {
            Description = "An address, FIRST-LAST or a CIDR within one pool.",
            HelpName = "ADDRESSES",
        };
        var name = new Option<string?>("--name") { Description = "What it is for, such as gw-1.", HelpName = "NAME" };
        var mac = new Option<string?>("--mac")
        {
            Description = "The MAC address of what uses it, such as 02:00:00:00:00:01.",
            HelpName = "MAC",
        };
        var owner = new Option<string?>("--owner")
        {
            Description = "Whose it is; kept apart from the journal's own text, and can be erased.",
            HelpName = "TEXT",
        };
        var workload = new Option<string?>("--workload")
        {
            Description = "The only pod that may be leased the address, in pools with blocks of one address.",
            HelpName = "NAMESPACE/POD",
        };
        var command = new CtlCommand(
            "make",
            "Keep addresses back: nobody is leased them, or one workload alone.",
            "brokerctl reservations make 10.64.0.10-10.64.0.19 --name load-balancers --owner \"network team\"")
        {
            addresses, name, mac, owner, workload,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var body = new ReservationRequest(
                run.Result.GetRequiredValue(addresses),
                run.Result.GetValue(name),
                run.Result.GetValue(mac),
                run.Result.GetValue(owner),
                change.Reason(run),
                run.Result.GetValue(workload));
            var made = (await run.Api.MakeReservationAsync(body, run.Cancellation, change.DryRun(run))).OrThrow();
            run.Answer.One(made, shown => change.Say(
                run,
                $"{shown.Addresses} of pool {shown.Pool} is reserved (position {Shown.Number(shown.Position)}).",
                $"{shown.Addresses} of pool {shown.Pool} would be reserved."));
            return ExitCodes.Good;
        });
        return command;
    }
}
