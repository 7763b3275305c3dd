using System.Text;
using Broker.Core.Events;
using Broker.Journal.Events;
using Xunit;

namespace Broker.Tests.Journal.Events;

/// <summary>What was ever written stays readable, and is written the same way for ever.</summary>
public sealed class GoldenEventsTests
{
    [Fact]
    public void Each_event_type_is_written_byte_for_byte_as_in_the_golden_file()
    {
        var lines = SampleFacts.All.Select(fact => Encoding.UTF8.GetString(EventCodec.Encode(fact)) + "\n");
        Assert.Equal(File.ReadAllText(GoldenFile()), string.Concat(lines));
    }

    [Fact]
    public void Each_member_that_only_a_cluster_gives_is_written_byte_for_byte_as_in_its_golden_file()
    {
        var lines = SampleFacts.Cluster.Select(fact => Encoding.UTF8.GetString(EventCodec.Encode(fact)) + "\n");
        Assert.Equal(File.ReadAllText(GoldenFile("cluster-events.jsonl")), string.Concat(lines));
    }

    [Fact]
    public void Each_line_of_the_golden_file_is_read_back_to_the_same_bytes()
    {
        string[] files = [GoldenFile(), GoldenFile("cluster-events.jsonl")];
        foreach (var line in files.SelectMany(File.ReadAllLines))
        {
            var fact = EventCodec.Decode(Encoding.UTF8.GetBytes(line));
            Assert.Equal(line, Encoding.UTF8.GetString(EventCodec.Encode(fact)));
        }
    }

    [Fact]
    public void Each_event_type_of_the_core_stands_in_the_golden_file_once()
    {
        var types = typeof(LedgerEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(LedgerEvent)));
        Assert.Equal(
            types.OrderBy(t => t.Name, StringComparer.Ordinal),
            SampleFacts.All.Select(f => f.Event.GetType()).OrderBy(t => t.Name, StringComparer.Ordinal));
    }

    private static string GoldenFile(string name = "events.jsonl")
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Broker.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the tree.");
        }

        return Path.Combine(folder.FullName, "tests", "Broker.Tests", "Journal", "Golden", name);
    }
}
