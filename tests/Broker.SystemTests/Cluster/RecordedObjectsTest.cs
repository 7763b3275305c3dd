using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Broker.SystemTests.Cluster;

/// <summary>
/// The fast tests of the witness read objects that were recorded here. <c>BROKER_TEST_RECORD=FOLDER</c> records them
/// anew.
/// </summary>
[Collection(ClusterSuite.Name)]
public sealed class RecordedObjectsTest(ClusterFixture fixture)
{
    private static readonly JsonSerializerOptions indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What a machine fills in as it likes.</summary>
    private static readonly string[] loose = ["labels", "annotations", "capacity", "allocatable", "images"];

    [Fact]
    public async Task What_is_recorded_has_the_shape_that_this_server_writes()
    {
        var objects = await new RecordedObjects(await fixture.GetAsync()).TakeAsync();
        if (Environment.GetEnvironmentVariable("BROKER_TEST_RECORD") is { Length: > 0 } folder)
        {
            foreach (var (name, item) in objects)
            {
                await File.WriteAllTextAsync(
                    Path.Combine(folder, $"{name}.json"),
                    item.ToJsonString(indented) + "\n",
                    TestContext.Current.CancellationToken);
            }
        }

        var recorded = Directory.EnumerateFiles(Folder(), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file));
        Assert.Equal(objects.Keys.Order(StringComparer.Ordinal), recorded.Order(StringComparer.Ordinal));
        Assert.All(objects, item => Assert.Equal(
            Shape(JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), $"{item.Key}.json")))), Shape(item.Value)));
    }

    /// <summary>The paths of all values, each once; an array is one path.</summary>
    private static SortedSet<string> Shape(JsonNode? node) => new(Paths(node, ""), StringComparer.Ordinal);

    private static IEnumerable<string> Paths(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => loose.Contains(member.Key)
            ? [$"{path}/{member.Key}"]
            : Paths(member.Value, $"{path}/{member.Key}")),
        JsonArray items => items.SelectMany(item => Paths(item, $"{path}[]")),
        _ => [path],
    };

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Broker.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "tests", "Broker.Tests", "Kubernetes", "Fixtures", "1.20.2");
    }
}
