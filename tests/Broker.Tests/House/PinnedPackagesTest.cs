using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Broker.Tests.House;

public sealed class PinnedPackagesTest
{
    private static readonly IReadOnlyDictionary<string, string> pins =
        XDocument.Load(RepositoryRoot.Full("Directory.Packages.props")).Descendants("PackageVersion").ToDictionary(
            pin => pin.Attribute("Include")!.Value, pin => pin.Attribute("Version")!.Value);

    /// <summary>
    /// The SDK adds them to projects that are AOT-compatible, the compiler when one is published, at the version of
    /// its own runtime.
    /// </summary>
    private static readonly HashSet<string> broughtByTheSdk =
        ["Microsoft.NET.ILLink.Tasks", "Microsoft.DotNet.ILCompiler", "runtime.linux-x64.Microsoft.DotNet.ILCompiler"];

    /// <summary>The projects that were restored to build this test program.</summary>
    private static readonly IReadOnlyList<string> restored =
        [.. Directory.EnumerateFiles(RepositoryRoot.Path, "project.assets.json", SearchOption.AllDirectories)];

    [Fact]
    public void Every_package_that_restore_resolved_is_pinned_at_that_version()
    {
        var resolved = restored.SelectMany(Packages).Distinct().ToList();

        Assert.NotEmpty(resolved);
        Assert.All(resolved, package => Assert.True(
            pins.GetValueOrDefault(package.Name) == package.Version,
            $"{package.Name} {package.Version} is resolved, but Directory.Packages.props says "
            + $"{pins.GetValueOrDefault(package.Name, "nothing")}."));
    }

    [Fact]
    public void Every_pin_is_used()
    {
        var resolved = restored.SelectMany(Packages).Select(package => package.Name).ToHashSet();

        Assert.Empty(pins.Keys.Except(resolved));
    }

    [Fact]
    public void Restore_had_nothing_to_say()
    {
        // NU1603 (another version than asked for), NU1604 (no lower bound), NU1608 and their like.
        Assert.All(restored, assets =>
        {
            using var json = JsonDocument.Parse(File.ReadAllText(assets));
            Assert.False(json.RootElement.TryGetProperty("logs", out var logs), $"{assets}: {logs}");
        });
    }

    private static IEnumerable<(string Name, string Version)> Packages(string assets)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(assets));
        return
        [
            .. json.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package")
                .Select(library => library.Name.Split('/'))
                .Where(parts => !broughtByTheSdk.Contains(parts[0]))
                .Select(parts => (parts[0], parts[1])),
        ];
    }
}
