using System.CommandLine;

namespace Broker.Cli.Hosting;

/// <summary>A command with a line to copy, which its help shows.</summary>
internal sealed class CtlCommand(string name, string description, string example) : Command(name, description)
{
    public string Example { get; } = example;
}
