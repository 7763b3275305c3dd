using Broker.Testing;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.House;

/// <summary>The script that builds Kubernetes for the tests: what it does when it has nothing to build.</summary>
public sealed class KubernetesBuildTest
{
    private const string Script = "tests/lib/kubernetes/build.sh";
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(30);
    private static readonly string[] programs =
        ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet"];

    [Theory]
    [InlineData("deb http://a/debian bookworm main contrib", "deb-src http://a/debian bookworm main")]
    [InlineData("deb [arch=amd64 signed-by=/k] http://a bookworm main", "deb-src [signed-by=/k] http://a bookworm main")]
    [InlineData("# deb http://a bookworm main", "")]
    [InlineData("deb http://a bookworm-updates main", "")]
    [InlineData("deb http://a bookworm contrib", "")]
    [InlineData(
        "Types: deb\nURIs: http://a\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /k",
        "deb-src [signed-by=/k] http://a bookworm main")]
    [InlineData("Types: deb\nURIs: http://a\nSuites: bookworm-security\nComponents: main", "")]
    [InlineData("Types: deb\nURIs: http://a\nSuites: bookworm\nComponents: main\nEnabled: no", "")]
    public async Task The_archive_is_found_in_both_forms_of_source_lists(string list, string found)
    {
        Requires.Command("awk", package: "mawk");
        using var folder = new TempFolder();
        await using var run = TestProcess.Start(
            "awk",
            [
                "-v", "suite=bookworm", "-f", RepositoryRoot.Full("tests/lib/kubernetes/sources.awk"),
                folder.Write("list", list + "\n"),
            ]);

        Assert.Equal(0, await run.WaitForExitAsync(deadline));
        Assert.Equal(found, string.Join('\n', run.Output));
    }

    [Fact]
    public async Task What_was_built_is_not_built_again()
    {
        using var folder = Cache("Kubernetes v1.20.2");
        _ = folder.Write(".built-1.20.2", "");

        var (exitCode, output) = await BuildAsync(folder);

        Assert.Equal(0, exitCode);
        Assert.Contains(folder.Path, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_of_another_version_are_somebody_elses()
    {
        using var folder = Cache("Kubernetes v1.33.0");
        _ = folder.Write(".built-1.20.2", "");

        var (exitCode, output) = await BuildAsync(folder);

        Assert.Equal(2, exitCode);
        Assert.Contains("KUBEBUILDER_ASSETS", output, StringComparison.Ordinal);
    }

    private static TempFolder Cache(string version)
    {
        var folder = new TempFolder();
        foreach (var program in programs)
        {
            _ = folder.WriteProgram(program, $"#!/bin/sh\necho '{version}'\n");
        }

        return folder;
    }

    private static async Task<(int ExitCode, string Output)> BuildAsync(TempFolder cache)
    {
        Requires.Command("bash", package: "bash");
        await using var run = TestProcess.Start(
            "bash",
            [RepositoryRoot.Full(Script)],
            start => start.Environment["KUBEBUILDER_ASSETS"] = cache.Path);
        return (await run.WaitForExitAsync(deadline), string.Join('\n', run.Output));
    }
}
