namespace Broker.Testing.Processes;

/// <summary>A bash script in a session and process group of its own, as a person's shell would be.</summary>
public static class BashScript
{
    /// <summary>Starts it in a folder, with a fresh HOME there and more on the PATH if wanted.</summary>
    public static TestProcess Start(string script, string folder, string? pathFirst = null)
    {
        var file = Path.Combine(folder, $"script-{Guid.NewGuid():N}.sh");
        File.WriteAllText(file, script);
        return TestProcess.Start("setsid", ["bash", file], start =>
        {
            start.WorkingDirectory = folder;
            start.Environment["HOME"] = folder;
            if (pathFirst is not null)
            {
                start.Environment["PATH"] = $"{pathFirst}:{Environment.GetEnvironmentVariable("PATH")}";
            }
        });
    }

    /// <summary>Runs it to its end; nothing that it started outlives it.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static async Task<ProgramResult> RunAsync(
        string script, string folder, TimeSpan deadline, string? pathFirst = null)
    {
        await using var process = Start(script, folder, pathFirst);
        try
        {
            var exitCode = await process.WaitForExitAsync(deadline);
            return new ProgramResult(exitCode, process.Output, process.Errors);
        }
        finally
        {
            process.KillGroup();
        }
    }
}
