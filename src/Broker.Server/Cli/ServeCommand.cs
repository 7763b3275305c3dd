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
        var takeOver = new Option<bool>("--take-over")
        {
            Description =
                "Take the ledger over from another broker that writes it, or wrote it last (journal:store dapr).",
        };
        var command = new Command("serve", "Serve a ledger until SIGTERM or Ctrl-C.")
        {
            data, settings, set, takeOver,
        };
        command.SetAction((result, cancellation) => RunAsync(
            result.GetRequiredValue(data),
            result.GetValue(settings),
            result.GetValue(set) ?? [],
            result.GetValue(takeOver),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string data, string? file, string[] sets, bool takeOver, CancellationToken cancellation)
    {
        var faults = new List<SettingsFault>();
        var overrides = DataOptions.Overrides(sets, faults);
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

        if (settings.Dapr is { } dapr)
        {
            settings = settings with { Dapr = dapr with { TakeOver = takeOver } };
        }

        await using var host = await BrokerHost.StartAsync(settings, TimeProvider.System, cancellation);
        return await host.RunAsync();
    }
}
