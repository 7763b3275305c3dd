namespace Broker.Testing.Processes;

/// <summary>The dotnet command that belongs to the runtime of this test.</summary>
public static class DotnetHost
{
    /// <summary>Its full path; <c>dotnet</c> when only the PATH can tell.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        // The runtime lies in ROOT/shared/Microsoft.NETCore.App/VERSION.
        var runtime = new DirectoryInfo(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
        var host = System.IO.Path.Combine(runtime.Parent?.Parent?.Parent?.FullName ?? "", "dotnet");
        return File.Exists(host) ? host : "dotnet";
    }
}
