using System.CommandLine;
using Broker.Server.Hosting;
using Broker.Server.Options;

namespace Broker.Server.Cli;

/// <summary><c>broker serve</c>: serves a ledger until told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var data = DataOptions.Data();
        var settings = DataOptions.Settings();
        var set = DataOptions.Set();
        var command = new Command("serve", "Serve a ledger until SIGTERM or Ctrl-C.")
        {
            data, settings, set,
        };
        command.SetAction((result, cancellation) => RunAsync(
            result.GetRequiredValue(data), result.GetValue(settings), result.GetValue(set) ?? [], cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string data, string? file, string[] sets, CancellationToken cancellation)
    {
        var overrides = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var faults = new List<SettingsFault>();
        foreach (var set in sets)
        {
            var equals = set.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                faults.Add(new("--set", $"'{set}' is not KEY=VALUE."));
            }
            else
            {
                overrides[set[..equals]] = set[(equals + 1)..];
            }
        }

        var read = SettingsReader.Read(data, overrides, file);
        faults.AddRange(read.Faults);
        if (faults.Count > 0 || read.Settings is not { } settings)
        {
            await Console.Error.WriteLineAsync(
                $"broker: the settings have {faults.Count} fault(s); nothing was started.");
            foreach (var fault in faults)
            {
                await Console.Error.WriteLineAsync($"  {fault}");
            }

            return ExitCodes.Usage;
        }

        await using var host = await BrokerHost.StartAsync(settings, TimeProvider.System, cancellation);
        return await host.RunAsync();
    }
}
