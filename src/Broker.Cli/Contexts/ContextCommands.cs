using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Contexts;

/// <summary><c>brokerctl context</c>.</summary>
internal static class ContextCommands
{
    public static Command Create(Ctl ctl) =>
        new CtlCommand("context", "Which broker, and as whom.", "brokerctl context use ./broker-data")
    {
        ContextShowCommand.Create(ctl), ContextListCommand.Create(ctl), ContextUseCommand.Create(ctl),
    };
}
