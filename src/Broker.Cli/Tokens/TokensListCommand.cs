using System.CommandLine;
using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Contracts.Tokens;

namespace Broker.Cli.Tokens;

/// <summary><c>brokerctl tokens list</c>.</summary>
internal static class TokensListCommand
{
    public static Command Create(Ctl ctl)
    {
        var command = new CtlCommand(
            "list", "List the bootstrap tokens, without their secrets.", "brokerctl tokens list");
        ctl.Handle(command, async run =>
        {
            var answer = (await run.Api.ListTokensAsync(run.Cancellation)).OrThrow();
            run.Answer.List(answer, answer.Tokens, Columns(run), "There is no token: brokerctl tokens issue");
            return ExitCodes.Good;
        });
        return command;
    }

    private static Column<TokenInfo>[] Columns(Run run)
    {
        var now = run.Environment.Time.GetUtcNow();
        return
        [
            new("ID", token => token.Id),
            new("STATE", token => StateOf(token, now)),
            new("FOR", token => token.Nodes.Count == 0 ? "one node, any" : string.Join(", ", token.Nodes)),
            new("EXPIRES", token => Shown.Time(token.Expires)),
            new("POSITION", token => Shown.Number(token.Position), 1, IsNumber: true),
        ];
    }

    private static string StateOf(TokenInfo token, DateTimeOffset now)
    {
        if (token.Revoked)
        {
            return "revoked";
        }

        if (token.UsedBy is { } node)
        {
            return $"used by {node}";
        }

        var expires = DateTimeOffset.Parse(token.Expires, System.Globalization.CultureInfo.InvariantCulture);
        return expires <= now ? "expired" : "good";
    }
}
