using Broker.Testing.Processes;

namespace Broker.Testing.Kubernetes;

/// <summary><c>kubectl</c> as somebody runs it against a test's cluster.</summary>
/// <param name="kubeconfig">The full path of whom it is.</param>
public sealed class Kubectl(string kubeconfig)
{
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(6);

    /// <summary>Skips the test where there is none; fails it under CI.</summary>
    public static void Require() => Requires.Command("kubectl", "kubernetes-client");

    /// <summary>Runs it; what it said on standard output.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        var result = await TryAsync(arguments);
        var errors = result.Errors.ToList();
        return result.ExitCode == 0
            ? string.Join('\n', result.Output.Where(line => !errors.Remove(line)))
            : throw new InvalidOperationException($"kubectl {string.Join(' ', arguments)}: {result.Text}");
    }

    /// <summary>Runs it, whatever comes of it.</summary>
    public async Task<ProgramResult> TryAsync(params IEnumerable<string> arguments)
    {
        await using var process = TestProcess.Start("kubectl", ["--kubeconfig", kubeconfig, .. arguments]);
        var exitCode = await process.WaitForExitAsync(deadline);
        return new ProgramResult(exitCode, process.Output, process.Errors);
    }
}
