using System.Diagnostics;
using System.Text.Json;

namespace Broker.SystemTests.Cni;

/// <summary>One exec of a CNI plugin, as a runtime does it: variables, a configuration on standard input.</summary>
internal sealed record PluginCall(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(2);

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The code of a failure; 0 for a success.</summary>
    public int Code => ExitCode == 0 ? 0 : Json.GetProperty("code").GetInt32();

    /// <summary>The addresses of a result, without prefixes.</summary>
    public IReadOnlyList<string> Addresses =>
        [.. Json.GetProperty("ips").EnumerateArray().Select(ip => ip.GetProperty("address").GetString()!.Split('/')[0])];

    public static Task<PluginCall> RunAsync(
        string program, string input, params (string Name, string Value)[] variables) =>
        RunAsync(program, input, [], variables);

    /// <summary>Runs it to its end.</summary>
    public static async Task<PluginCall> RunAsync(
        string program, string input, string[] arguments, params (string Name, string Value)[] variables)
    {
        using var process = Start(program, input, arguments, variables);
        using var expired = new CancellationTokenSource(deadline);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(expired.Token);
        return new PluginCall(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts it; the caller waits for it or kills it.</summary>
    public static Process Start(
        string program, string input, string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading, as plugins do that refuse their variables.
            return process;
        }

        return process;
    }
}
