namespace Broker.Testing.Processes;

/// <summary>A program of the machine that a test calls and that must succeed.</summary>
public static class Tool
{
    private static readonly TimeSpan runDeadline = TimeSpan.FromMinutes(1);

    /// <summary>Runs it; what it said.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var result = await TryAsync(program, arguments).ConfigureAwait(false);
        return result.ExitCode == 0
            ? result.Text
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Text}");
    }

    /// <summary>Runs it, whatever comes of it.</summary>
    public static async Task<ProgramResult> TryAsync(string program, params IEnumerable<string> arguments)
    {
        await using var process = TestProcess.Start(program, arguments);
        var exitCode = await process.WaitForExitAsync(runDeadline).ConfigureAwait(false);
        return new ProgramResult(exitCode, process.Output, process.Errors);
    }
}
