using System.CommandLine;
using System.Runtime.InteropServices;
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
        command.SetAction((result, cancellation) => RunAsync(
            new DemoChoices(result.GetValue(once), result.GetValue(keep), result.GetValue(tamper)), cancellation));
        return command;
    }

    // A closed terminal and Ctrl-\ end it like Ctrl-C does: the folder with its keys must not stay behind.
    private static async Task<int> RunAsync(DemoChoices choices, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop);
        await Task.Yield(); // So that Ctrl-C is heeded from here on, also while keys are being made.
        return await new DemoRun(DemoScreen.OnConsole(), choices).RunAsync(stop.Token);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }
}
