using System.Text.RegularExpressions;
using Xunit;

namespace Broker.Tests.House;

/// <summary>src/FAULTS.md claims no proof that is not there.</summary>
public sealed partial class FaultsTest
{
    private const string Page = "src/FAULTS.md";

    [Fact]
    public void Every_fault_names_a_test_that_exists_or_says_that_it_is_not_stopped()
    {
        var tree = RepositoryTree.Repository;
        var there = tree.CSharp
            .Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(file => TestMethods().Matches(file.Text).Select(match => match.Groups[1].Value))
            .ToHashSet();
        var rows = tree.Files.Single(file => file.Path == Page).Text.Split('\n')
            .Where(line => line.StartsWith("| **", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();

        Assert.True(rows.Count >= 20, "Faults are missing.");
        Assert.All(rows, row =>
        {
            Assert.Equal(7, row.Length);
            Assert.NotEmpty(row[2]);
            var named = TestNames().Matches(row[5]).Select(match => match.Value).ToList();
            Assert.True(named.Count > 0 || row[5] == "not stopped", $"{row[1]} names no test.");
            Assert.DoesNotContain(named, name => !there.Contains(name));
        });
    }

    [GeneratedRegex("(?<=`)[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+(?=`)")]
    private static partial Regex TestNames();

    [GeneratedRegex(@"public (?:async Task|Task|void) ([A-Z][A-Za-z0-9_]*)\(")]
    private static partial Regex TestMethods();
}
