using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Events;

/// <summary><c>brokerctl events</c>: the journal, up to now or for as long as somebody looks.</summary>
internal static class EventsCommand
{
    private const int LastByDefault = 10;

    public static Command Create(Ctl ctl)
    {
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with new ones until Ctrl-C." };
        var after = new Option<long?>("--after")
        {
            Description = "Begin after this position; -1 for the start. Default: the start, or with --follow the last "
                + $"{LastByDefault}.",
            HelpName = "POSITION",
        };
        var last = new Option<long?>("--last") { Description = "Begin with the last N.", HelpName = "N" };
        var type = new Option<string[]>("--type")
        {
            Description = "Only of this type, such as lease.granted, or lease for all of them. May be repeated.",
            HelpName = "TYPE",
        };
        var command = new CtlCommand(
            "events",
            "Read the journal: one event a line. With -o json each line has the event as it was written.",
            "brokerctl events --follow --type alarm.raised --type node")
        {
            follow, after, last, type,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(after) is not null && result.GetValue(last) is not null)
            {
                result.AddError("--after and --last contradict each other.");
            }

            if (result.GetValue(after) < -1 || result.GetValue(last) < 0)
            {
                result.AddError("--after is at least -1, --last at least 0.");
            }
        });
        ctl.Handle(command, async run =>
        {
            var size = (await run.Api.WhoAmIAsync(run.Cancellation)).OrThrow().Ledger.Size;
            var following = run.Result.GetValue(follow);
            var count = run.Result.GetValue(last) ?? (following ? LastByDefault : size);
            var start = run.Result.GetValue(after) ?? Math.Max(-1, size - count - 1);
            using var lines = new EventLines(run.Screen.Out, run.Answer.Format);
            var reading = new EventReading(run, lines, run.Result.GetValue(type) ?? []);
            await (following ? reading.FollowAsync(start) : reading.ReadAsync(start, size - 1));
            return ExitCodes.Good;
        });
        return command;
    }
}
