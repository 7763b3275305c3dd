using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Addresses;

/// <summary><c>brokerctl who</c>: who holds an address, or held it at a time.</summary>
internal static class WhoCommand
{
    public static Command Create(Ctl ctl)
    {
        var address = new Argument<string>("ip") { Description = "An IPv4 or IPv6 address.", HelpName = "IP" };
        var at = new Option<string?>("--at")
        {
            Description = $"When, in UTC unless it says otherwise: {TimeForms.Help}. Default: now.",
            HelpName = "TIME",
        };
        var command = new CtlCommand(
            "who",
            "Who holds an address, or held it at a time: pod, node, certificate, and by what right.",
            "brokerctl who 10.64.0.2 --at \"yesterday 14:00\"")
        {
            address, at,
        };
        ctl.Handle(command, async run =>
        {
            var answer = (await run.Api.WhoHoldsAsync(
                Canonical(run.Result.GetRequiredValue(address)),
                At(run, run.Result.GetValue(at)),
                run.Cancellation)).OrThrow();
            run.Answer.One(answer, shown => WhoText.Write(run.Screen, shown, run.Result.GetValue(at) is not null));
            return ExitCodes.Good;
        });
        return command;
    }

    // The broker takes the one canonical text of an address; people copy others, such as FD64:0::2.
    private static string Canonical(string text) => System.Net.IPAddress.TryParse(text, out var address)
        && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
        ? address.ToString()
        : text;

    private static string? At(Run run, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return TimeForms.ToWire(text, run.Environment.Time.GetUtcNow()) ?? throw new CliFailureException(
            CliCodes.TimeInvalid, $"--at: '{text}' is no time.", $"Write one of: {TimeForms.Help}.");
    }
}
