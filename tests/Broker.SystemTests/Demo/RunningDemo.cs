using Broker.Testing.Processes;

namespace Broker.SystemTests.Demo;

/// <summary>A demo that has played its acts and stays up, with the variables that it prints.</summary>
internal sealed class RunningDemo : IAsyncDisposable
{
    private static readonly TimeSpan playDeadline = TimeSpan.FromMinutes(1);

    private RunningDemo(TestProcess process, string variables) => (Process, Variables) = (process, variables);

    public TestProcess Process { get; }

    /// <summary>The line <c>D=… N=… P=…</c>, to be put into a shell.</summary>
    public string Variables { get; }

    /// <summary>The data folder that it plays in.</summary>
    public string Folder => Variables.Split(' ').First(word => word.StartsWith("D=", StringComparison.Ordinal))[2..];

    /// <summary>All commands that it printed, without the leading <c>$ </c>.</summary>
    public IReadOnlyList<string> Commands => DemoText.Commands(Process.Output);

    public static async Task<RunningDemo> StartAsync(params IEnumerable<string> more)
    {
        var process = BrokerProgram.Start(["demo", .. more]);
        try
        {
            var variables = await process.WaitForLineAsync(DemoText.IsVariables, playDeadline);
            // The line of the last command: everything is printed.
            _ = await process.WaitForLineAsync(
                line => line.Contains("/readmit", StringComparison.Ordinal), playDeadline);
            return new RunningDemo(process, variables.Trim());
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
