using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Ledgers;

namespace Broker.Cli.People;

/// <summary><c>brokerctl whoami</c>: who the broker takes the caller for.</summary>
internal static class WhoAmICommand
{
    public static Command Create(Ctl ctl)
    {
        var command = new CtlCommand(
            "whoami", "Who the broker takes you for, and how far its ledger goes.", "brokerctl whoami");
        ctl.Handle(command, async run =>
        {
            var me = (await run.Api.WhoAmIAsync(run.Cancellation)).OrThrow();
            run.Answer.One(me, shown => Write(run.Screen, shown));
            return ExitCodes.Good;
        });
        return command;
    }

    private static void Write(Screen screen, WhoAmI me) => new Details()
        .Add("you are", $"{me.Role} {me.Name}")
        .Add("certificate", me.Certificate)
        .Add("valid until", Shown.Time(me.NotAfter))
        .Add("ledger", me.Ledger.Origin)
        .Add("size", $"{Shown.Number(me.Ledger.Size)} events, epoch {Shown.Number(me.Ledger.Epoch)}")
        .Add("root", me.Ledger.Root)
        .Write(screen);
}
