using System.Diagnostics;
using Broker.Testing;

namespace Broker.Tests.House;

/// <summary>The files that the rules look at: what git tracks, and what it would if it were added.</summary>
internal sealed class RepositoryTree(IReadOnlyList<RepositoryFile> files)
{
    private static readonly Lazy<RepositoryTree> repository = new(Read);

    public IReadOnlyList<RepositoryFile> Files { get; } = files;

    public IEnumerable<RepositoryFile> CSharp => Files.Where(file => file.IsCSharp);

    public IEnumerable<RepositoryFile> Projects => Files.Where(file => file.IsProject);

    /// <summary>This repository; skips the test where there is no git to ask.</summary>
    public static RepositoryTree Repository
    {
        get
        {
            Requires.Command("git", package: "git");
            return repository.Value;
        }
    }

    private static RepositoryTree Read() => new(
        [.. ListPaths().Order(StringComparer.Ordinal)
            .Where(path => File.Exists(RepositoryRoot.Full(path)))
            .Select(path => new RepositoryFile(path, File.ReadAllText(RepositoryRoot.Full(path))))]);

    private static string[] ListPaths()
    {
        // The folder may belong to another user (a container's mount): git then asks for safe.directory.
        var start = new ProcessStartInfo("git")
        {
            ArgumentList =
            {
                "-c", $"safe.directory={RepositoryRoot.Path}", "-C", RepositoryRoot.Path,
                "ls-files", "--cached", "--others", "--exclude-standard", "-z",
            },
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return git.ExitCode == 0 && paths.Length > 0
            ? paths
            : throw new InvalidOperationException($"git ls-files ended with {git.ExitCode} and {paths.Length} files.");
    }
}
