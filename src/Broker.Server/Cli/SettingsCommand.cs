using System.CommandLine;
using Broker.Server.Hosting;
using Broker.Server.Options;

namespace Broker.Server.Cli;

/// <summary><c>broker settings</c>: what broker.json may hold.</summary>
internal static class SettingsCommand
{
    public static Command Create()
    {
        var command = new Command("settings", "List the settings of broker.json with their defaults.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        Console.WriteLine("broker.json is one object with an object a group; --set GROUP:NAME=VALUE overrides it.");
        Console.WriteLine("Example: {\"listen\": {\"node\": \"0.0.0.0:8443\"}} or --set listen:node=0.0.0.0:8443");
        Console.WriteLine();
        foreach (var (key, value) in SettingsReader.KnownKeys())
        {
            Console.WriteLine($"  {key,-34} {(value.Length == 0 ? "(off)" : value)}");
        }

        return ExitCodes.Good;
    }
}
