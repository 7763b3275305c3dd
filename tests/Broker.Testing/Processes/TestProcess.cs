using System.Diagnostics;

namespace Broker.Testing.Processes;

/// <summary>
/// A program under test, with what it says kept (the last 4,096 lines of both streams). It is killed, with its
/// children, when it is disposed: no test leaves one behind.
/// </summary>
public sealed class TestProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly OutputLines output = new();
    private readonly OutputLines errors = new();
    private bool disposed;

    private TestProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>The last lines of standard output and error, in the order of their arrival.</summary>
    public IReadOnlyList<string> Output => output.Snapshot();

    /// <summary>The last lines of standard error.</summary>
    public IReadOnlyList<string> Errors => errors.Snapshot();

    /// <summary>Starts a program; <paramref name="adjust"/> may set its folder and environment.</summary>
    public static TestProcess Start(
        string program, IEnumerable<string> arguments, Action<ProcessStartInfo>? adjust = null)
    {
        var started = StartWithInput(program, arguments, adjust);
        started.process.StandardInput.Close();
        return started;
    }

    /// <summary>
    /// The same, but its standard input stays open until it is disposed: a program that reads it sees the end of this
    /// process, also when that is killed.
    /// </summary>
    public static TestProcess StartWithInput(
        string program, IEnumerable<string> arguments, Action<ProcessStartInfo>? adjust = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        adjust?.Invoke(start);
        var started = new TestProcess(new Process { StartInfo = start });
        started.process.OutputDataReceived += (_, line) => started.Keep(line.Data);
        started.process.ErrorDataReceived += (_, line) => started.KeepError(line.Data);
        _ = started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Starts a program of this solution by its built dll, with the dotnet that runs this test.</summary>
    public static TestProcess StartDotnet(
        string dll, IEnumerable<string> arguments, Action<ProcessStartInfo>? adjust = null) =>
        Start(DotnetHost.Path, [dll, .. arguments], adjust);

    /// <summary>The first line that matches, said already or to come.</summary>
    /// <exception cref="TimeoutException">It did not come in time, or the program ended without it.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> matches, TimeSpan deadline)
    {
        using var expired = new CancellationTokenSource(deadline);
        var exited = process.WaitForExitAsync(expired.Token);
        while (true)
        {
            // Asked before the look: a program that had ended has said all that it will.
            var ended = exited.IsCompleted;
            var (lines, changed) = output.Watch();
            if (lines.FirstOrDefault(matches) is { } line)
            {
                return line;
            }

            if (ended)
            {
                throw Failure(expired.IsCancellationRequested
                    ? $"The line did not come in {deadline}"
                    : "It ended without the line");
            }

            _ = await Task.WhenAny(changed, exited).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the end; the exit code (128 + the signal for one that was killed).</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan deadline)
    {
        using var expired = new CancellationTokenSource(deadline);
        try
        {
            await process.WaitForExitAsync(expired.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw Failure($"It did not end in {deadline}");
        }

        return process.ExitCode;
    }

    /// <summary>Asks it to stop, as a service manager does; false when it was gone.</summary>
    public bool Terminate() => !process.HasExited && PosixSignal.Send(process.Id, PosixSignal.Terminate);

    /// <summary>Ctrl-C; false when it was gone.</summary>
    public bool Interrupt() => !process.HasExited && PosixSignal.Send(process.Id, PosixSignal.Interrupt);

    /// <summary>Freezes it where it is; false when it was gone.</summary>
    public bool Pause() => !process.HasExited && PosixSignal.Send(process.Id, PosixSignal.Stop);

    /// <summary>Lets it go on; false when it was gone.</summary>
    public bool Resume() => !process.HasExited && PosixSignal.Send(process.Id, PosixSignal.Continue);

    /// <summary>Ctrl-C for its whole process group, as a terminal does; false when nobody is left in it.</summary>
    public bool InterruptGroup() => PosixSignal.Send(-process.Id, PosixSignal.Interrupt);

    /// <summary>SIGKILL for whatever is left of its process group, which it must lead.</summary>
    public void KillGroup() => _ = PosixSignal.Send(-process.Id, PosixSignal.Kill9); // False: nobody was left.

    /// <summary>SIGKILL: no handler runs, nothing is flushed. Its children live on.</summary>
    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            output.Add(line);
        }
    }

    private void KeepError(string? line)
    {
        if (line is not null)
        {
            errors.Add(line);
            output.Add(line);
        }
    }

    private TimeoutException Failure(string sentence) => new(
        $"{sentence}: {process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}\n"
        + string.Join('\n', Output.TakeLast(50)));
}
