using System.CommandLine;
using Broker.Server.Demo;

namespace Broker.Server.Cli;

/// <summary><c>broker demo</c>: a whole ledger on this machine, without Kubernetes, Dapr or root.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var once = new Option<bool>("--once")
        {
            Description = "Stop after the last act; exit code 0 when all went well.",
        };
        var keep = new Option<bool>("--keep") { Description = "Keep the data folder when it ends." };
        var tamper = new Option<bool>("--tamper")
        {
            Description = "Afterwards flip one bit in a copy of the journal; the checker names the position.",
        };
        var command = new Command("demo", "Play the whole product in seven acts on loopback, in a temporary folder.")
        {
            once, keep, tamper,
        };
        command.SetAction((result, cancellation) => new DemoRun(
            DemoScreen.OnConsole(),
            new DemoChoices(result.GetValue(once), result.GetValue(keep), result.GetValue(tamper)))
            .RunAsync(cancellation));
        return command;
    }
}
