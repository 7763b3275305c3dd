using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Completion;

/// <summary><c>brokerctl completion</c>: a script for the user's shell.</summary>
internal static class CompletionCommand
{
    public static Command Create(Ctl ctl)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish.", HelpName = "SHELL" };
        _ = shell.AcceptOnlyFromAmong([.. CompletionScripts.All.Keys]);
        var command = new CtlCommand(
            "completion",
            "Write a completion script: commands, options, and the names that the broker knows.",
            "source <(brokerctl completion bash)          # in ~/.bashrc\n"
            + "source <(brokerctl completion zsh)           # in ~/.zshrc, after compinit\n"
            + "brokerctl completion fish | source           # in ~/.config/fish/config.fish")
        {
            shell,
        };
        ctl.Handle(command, run =>
        {
            run.Screen.Out.Write(CompletionScripts.All[run.Result.GetRequiredValue(shell)]);
            return Task.FromResult(ExitCodes.Good);
        });
        return command;
    }
}
