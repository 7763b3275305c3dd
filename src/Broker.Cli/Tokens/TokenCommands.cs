using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Tokens;

/// <summary><c>brokerctl tokens</c>.</summary>
internal static class TokenCommands
{
    public static Command Create(Ctl ctl) =>
        new CtlCommand(
            "tokens",
            "Bootstrap tokens: how a machine asks for the first time.",
            "brokerctl tokens issue --node node-a")
    {
        TokensListCommand.Create(ctl), TokensIssueCommand.Create(ctl), TokensRevokeCommand.Create(ctl),
    };
}
