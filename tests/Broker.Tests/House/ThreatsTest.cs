using System.Text.RegularExpressions;
using Xunit;

namespace Broker.Tests.House;

/// <summary>src/THREATS.md claims no proof that is not there.</summary>
public sealed partial class ThreatsTest
{
    private const string Page = "src/THREATS.md";

    [Fact]
    public void Every_test_that_the_threats_name_exists()
    {
        var tree = RepositoryTree.Repository;
        var named = TestNames().Matches(Text(tree)).Select(match => match.Value).Distinct().ToList();
        var there = tree.CSharp
            .Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(file => TestMethods().Matches(file.Text).Select(match => match.Groups[1].Value))
            .ToHashSet();

        Assert.True(named.Count > 20, "No test is named any more.");
        Assert.DoesNotContain(named, name => !there.Contains(name));
    }

    [Fact]
    public void Every_row_names_a_test_and_says_what_is_not_stopped()
    {
        var rows = Text(RepositoryTree.Repository).Split('\n')
            .Where(line => line.StartsWith("| **", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();

        Assert.True(rows.Count >= 7, "Attackers are missing.");
        Assert.All(rows, row =>
        {
            Assert.Equal(7, row.Length);
            Assert.Matches(TestNames(), row[4]);
            Assert.NotEmpty(row[5]);
        });
    }

    private static string Text(RepositoryTree tree) => tree.Files.Single(file => file.Path == Page).Text;

    [GeneratedRegex("(?<=`)[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+(?=`)")]
    private static partial Regex TestNames();

    [GeneratedRegex(@"public (?:async Task|Task|void) ([A-Z][A-Za-z0-9_]*)\(")]
    private static partial Regex TestMethods();
}
