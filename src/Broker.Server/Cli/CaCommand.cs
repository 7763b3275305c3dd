using System.CommandLine;
using Broker.Server.Hosting;

namespace Broker.Server.Cli;

/// <summary><c>broker ca</c>: what agents and plugins trust this broker by.</summary>
internal static class CaCommand
{
    public static Command Create()
    {
        var data = DataOptions.Data();
        var command = new Command("ca", "Print the CA that agents and plugins trust this broker by, as PEM.")
        {
            data,
        };
        command.SetAction((result, cancellation) => RunAsync(result.GetRequiredValue(data), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string data, CancellationToken cancellation)
    {
        var file = Path.Combine(Path.GetFullPath(data), "pki", "broker-ca.crt");
        try
        {
            Console.Write(await File.ReadAllTextAsync(file, cancellation));
            return ExitCodes.Good;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartFailureException("folder_unusable", $"{file}: {error.Message}", error);
        }
    }
}
