using System.Diagnostics;

namespace Broker.Testing.Processes;

/// <summary>The built <c>broker</c>, as a process of its own.</summary>
public static class BrokerProgram
{
    private static readonly TimeSpan runDeadline = TimeSpan.FromMinutes(2);

    /// <summary>The dll that lies beside the tests, from the same build.</summary>
    public static string Dll { get; } = Path.Combine(AppContext.BaseDirectory, "broker.dll");

    public static TestProcess Start(params IEnumerable<string> arguments) => TestProcess.StartDotnet(Dll, arguments);

    /// <summary>Starts it; <paramref name="adjust"/> may set its folder and environment.</summary>
    public static TestProcess Start(Action<ProcessStartInfo> adjust, params IEnumerable<string> arguments) =>
        TestProcess.StartDotnet(Dll, arguments, adjust);

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="TimeoutException">It did not end within two minutes.</exception>
    public static Task<ProgramResult> RunAsync(params IEnumerable<string> arguments) => RunAsync(Start(arguments));

    /// <summary>Runs it to its end; <paramref name="adjust"/> may set its folder and environment.</summary>
    /// <exception cref="TimeoutException">It did not end within two minutes.</exception>
    public static Task<ProgramResult> RunAsync(
        Action<ProcessStartInfo> adjust, params IEnumerable<string> arguments) => RunAsync(Start(adjust, arguments));

    /// <summary>Waits for the end of a program that was started, and cleans up.</summary>
    /// <exception cref="TimeoutException">It did not end within two minutes.</exception>
    public static async Task<ProgramResult> RunAsync(TestProcess process)
    {
        await using (process)
        {
            var exitCode = await process.WaitForExitAsync(runDeadline);
            return new ProgramResult(exitCode, process.Output, process.Errors);
        }
    }
}
