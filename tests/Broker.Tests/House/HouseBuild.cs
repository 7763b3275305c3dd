using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.House;

/// <summary>The build of small projects, most wrong on purpose, in a copy of this repository's build files.</summary>
public sealed class HouseBuild : IAsyncLifetime
{
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(3);

    private static readonly string[] buildFiles =
    [
        "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig",
        "src/BannedSymbols.txt", "src/Broker.Core/BannedSymbols.Core.txt",
    ];

    /// <summary>What the build said.</summary>
    public IReadOnlyList<string> Output { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        using var folder = new TempFolder();
        foreach (var file in buildFiles)
        {
            _ = folder.Write(file, await File.ReadAllTextAsync(RepositoryRoot.Full(file)));
        }

        WriteProject(folder, "Base", "", "namespace Base; public class Deep;");
        WriteProject(folder, "Middle", "Base", "namespace Middle; public static class Mid;");
        WriteProject(folder, "Top", "Middle", "namespace Top; internal sealed class Use { public Base.Deep? Deep; }");
        WriteProject(folder, "Broker.Core", "", "public class Id { public Guid Value = Guid.NewGuid(); }");
        WriteProject(folder, "Loose", "", Loose);
        _ = folder.Write("All.proj", All);
        Output = await BuildAsync(folder);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private const string Loose =
        """
        namespace Loose;

        internal sealed class Careless
        {
            public string Name = null;
            public Guid Id = Guid.NewGuid();
            public DateTime At = DateTime.UtcNow;
            public Task Wait(CancellationToken ct) => ct.IsCancellationRequested ? Task.CompletedTask : Task.Delay(1);
        }
        """;

    private const string All =
        """
        <Project>
          <ItemGroup><Built Include="src/*/*.csproj" /></ItemGroup>
          <Target Name="Build">
            <MSBuild Projects="@(Built)" Targets="Restore" Properties="Phase=Restore" />
            <MSBuild Projects="@(Built)" Targets="Build" ContinueOnError="true" />
          </Target>
        </Project>
        """;

    private static void WriteProject(TempFolder folder, string name, string reference, string code)
    {
        var references = reference.Length == 0
            ? ""
            : $"""<ProjectReference Include="../{reference}/{reference}.csproj" />""";
        _ = folder.Write(
            $"src/{name}/{name}.csproj",
            $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{references}</ItemGroup></Project>""");
        _ = folder.Write($"src/{name}/Code.cs", code);
    }

    private static async Task<IReadOnlyList<string>> BuildAsync(TempFolder folder)
    {
        // No build server outlives the test, and none of the surrounding `dotnet test` is taken for ours.
        string[] arguments =
            ["build", folder["All.proj"], "-nodeReuse:false", "-p:UseSharedCompilation=false", "-v:quiet", "-nologo"];
        await using var build = TestProcess.Start(DotnetHost.Path, arguments, start =>
        {
            start.WorkingDirectory = folder.Path;
            foreach (var name in start.Environment.Keys.Where(IsOfTheBuild).ToList())
            {
                _ = start.Environment.Remove(name);
            }
        });
        _ = await build.WaitForExitAsync(deadline);
        return build.Output;
    }

    private static bool IsOfTheBuild(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || variable == "CI";
}
