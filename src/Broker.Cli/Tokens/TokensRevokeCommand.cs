using System.CommandLine;
using Broker.Cli.Completion;
using Broker.Cli.Hosting;

namespace Broker.Cli.Tokens;

/// <summary><c>brokerctl tokens revoke</c>.</summary>
internal static class TokensRevokeCommand
{
    public static Command Create(Ctl ctl)
    {
        var id = new Argument<string>("id") { Description = "The part of the token before the dot.", HelpName = "ID" };
        id.CompletionSources.Add(context => LiveNames.Of(ctl, context, async (api, cancellation) =>
            (await api.ListTokensAsync(cancellation)).OrThrow().Tokens
                .Where(token => !token.Revoked).Select(token => token.Id)));
        var command = new CtlCommand(
            "revoke",
            "Make a token worthless at once.",
            "brokerctl tokens revoke 9k2mfa --reason \"sent to the wrong list\"")
        {
            id,
        };
        var change = ChangeOptions.AddTo(command);
        ctl.Handle(command, async run =>
        {
            var token = (await run.Api.RevokeTokenAsync(
                run.Result.GetRequiredValue(id), change.Body(run), run.Cancellation, change.DryRun(run))).OrThrow();
            run.Answer.One(token, shown => change.Say(
                run, $"Token {shown.Id} is revoked.", $"Token {shown.Id} would be revoked."));
            return ExitCodes.Good;
        });
        return command;
    }
}
