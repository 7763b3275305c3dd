using Broker.Testing.Processes;

namespace Broker.SystemTests.Cni;

/// <summary>
/// <c>broker-ipam</c> as it is delivered: published once a run, into folders of its own, so that nothing of the build
/// is touched. When nothing has changed, that takes some seconds.
/// </summary>
internal static class PublishedPlugin
{
    private const string Artifacts = "artifacts/cni";
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(10);
    private static readonly Lazy<Task<ProgramResult>> published = new(PublishAsync);

    /// <summary>The folder that a runtime finds it in.</summary>
    public static string Folder { get; } =
        Path.Combine(RepositoryFolder.Path, Artifacts, "publish/Broker.Cni/release_linux-x64");

    public static string Program { get; } = Path.Combine(Folder, "broker-ipam");

    /// <summary>Publishes it, unless this run has done so; what the compiler said.</summary>
    public static Task<ProgramResult> ReadyAsync() => published.Value;

    private static async Task<ProgramResult> PublishAsync()
    {
        await using var process = TestProcess.Start(
            DotnetHost.Path,
            [
                "publish", Path.Combine(RepositoryFolder.Path, "src/Broker.Cni"), "-c", "Release", "-r", "linux-x64",
                "--artifacts-path", Path.Combine(RepositoryFolder.Path, Artifacts), "-nologo", "-nodeReuse:false",
            ]);
        var exitCode = await process.WaitForExitAsync(deadline);
        return exitCode == 0
            ? new ProgramResult(exitCode, process.Output, process.Errors)
            : throw new InvalidOperationException(string.Join('\n', process.Output));
    }
}
