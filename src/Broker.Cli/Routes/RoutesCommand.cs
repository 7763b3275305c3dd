using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Routes;

namespace Broker.Cli.Routes;

/// <summary><c>brokerctl routes</c>: where each live block is, for what carries the packets.</summary>
internal static class RoutesCommand
{
    private static readonly IReadOnlyList<Column<RouteInfo>> columns =
    [
        new("BLOCK", route => route.Block),
        new("VIA", route => route.Via ?? "(not known)"),
        new("NODE", route => route.Node),
        new("POOL", route => route.Pool, 1),
        new("SEEN", route => Shown.Time(route.SeenAt), 2),
    ];

    public static Command Create(Ctl ctl)
    {
        var format = new Option<string?>("--format")
        {
            Description = "ip-route: lines for the ip command, instead of a table.",
            HelpName = "FORMAT",
        };
        _ = format.AcceptOnlyFromAmong("ip-route");
        var command = new CtlCommand(
            "routes",
            "List each live block with an address of its node.",
            "brokerctl routes --format ip-route | sudo sh")
        {
            format,
        };
        ctl.Handle(command, async run =>
        {
            if (run.Result.GetValue(format) is not null)
            {
                run.Screen.Out.Write((await run.Api.ListRouteLinesAsync(run.Cancellation)).OrThrow());
                return ExitCodes.Good;
            }

            var answer = (await run.Api.ListRoutesAsync(run.Cancellation)).OrThrow();
            run.Answer.List(answer, answer.Routes, columns, "No block needs a route.");
            return ExitCodes.Good;
        });
        return command;
    }
}
