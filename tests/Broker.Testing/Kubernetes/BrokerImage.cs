using Broker.Testing.Processes;

namespace Broker.Testing.Kubernetes;

/// <summary>The product's container image, as <c>deploy/image.sh</c> writes it: once a run.</summary>
public static class BrokerImage
{
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(15);
    private static readonly Lazy<Task<string>> made = new(MakeAsync);

    /// <summary>The tar; it is made by whoever asks first.</summary>
    public static Task<string> ReadyAsync() => made.Value;

    /// <summary>Skips the test when a part of its making is missing; fails it under CI.</summary>
    public static void Require()
    {
        Requires.Command("gcc", "gcc");
        Requires.Command("jq", "jq");
        Requires.That(
            File.Exists("/usr/include/zlib.h"), "zlib is missing; install it with: apt-get install zlib1g-dev");
    }

    /// <summary>Makes it under another name; what the script said.</summary>
    public static async Task<ProgramResult> MakeAsync(string file)
    {
        await using var script = TestProcess.Start(
            Path.Combine(RepositoryFolder.Path, "deploy/image.sh"), ["--out", file]);
        var exitCode = await script.WaitForExitAsync(deadline);
        return new ProgramResult(exitCode, script.Output, script.Errors);
    }

    private static async Task<string> MakeAsync()
    {
        var file = Path.Combine(RepositoryFolder.Path, "artifacts/image/broker.tar");
        var result = await MakeAsync(file);
        return result.ExitCode == 0 ? file : throw new InvalidOperationException(result.Text);
    }
}
