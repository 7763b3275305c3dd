using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Tokens;

namespace Broker.Cli.Tokens;

/// <summary><c>brokerctl tokens issue</c>: the secret is shown this once.</summary>
internal static class TokensIssueCommand
{
    public static Command Create(Ctl ctl)
    {
        var node = new Option<string[]>("--node")
        {
            Description = "A node that it is good for; may be repeated. Without: for one use, by any node.",
            HelpName = "NODE",
        };
        var ttl = new Option<string?>("--ttl")
        {
            Description = "How long it lives, such as 30m, 12h or 7d. Default: what the broker is set to, 24h.",
            HelpName = "TIME",
        };
        var command = new CtlCommand(
            "issue",
            "Issue a bootstrap token; standard output is the token alone, which is shown this once.",
            "brokerctl tokens issue --node node-a --ttl 1h > node-a.token")
        {
            node, ttl,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var body = new TokenRequest(
                run.Result.GetValue(node) is { Length: > 0 } nodes ? nodes : null,
                Seconds(run.Result.GetValue(ttl)),
                change.Reason(run));
            var issued = (await run.Api.IssueTokenAsync(body, run.Cancellation, change.DryRun(run))).OrThrow();
            run.Answer.One(issued, shown => Write(run, shown, change.DryRun(run)));
            return ExitCodes.Good;
        });
        return command;
    }

    // The secret alone on standard output, so that it can go into a file as it is.
    private static void Write(Run run, TokenIssuedResponse issued, bool dryRun)
    {
        var use = issued.Nodes.Count == 0 ? "one use, by any node" : string.Join(", ", issued.Nodes);
        if (dryRun)
        {
            run.Screen.Out.WriteLine(
                $"A token for {use} would be issued, until {Shown.Time(issued.Expires)}. Nothing was changed: this was "
                + "a dry run.");
            return;
        }

        run.Screen.Out.WriteLine(issued.Token);
        run.Screen.Note($"Token {issued.Id}, for {use}, until {Shown.Time(issued.Expires)}. It is not shown again.");
    }

    private static long? Seconds(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Addresses.TimeForms.TryDuration(text, out var duration) && duration >= TimeSpan.FromSeconds(1)
            ? (long)duration.TotalSeconds
            : throw new CliFailureException(
                CliCodes.TimeInvalid, $"--ttl: '{text}' is no length of time.", "Write 30m, 12h, 7d or 1h30m.");
    }
}
