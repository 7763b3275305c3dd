using Broker.Tests.House.Tidy;
using Xunit;

namespace Broker.Tests.House;

public sealed class TidyTest
{
    public static TheoryData<string> Rules => [.. TidyRules.All.Select(rule => rule.ToString())];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_repository_keeps(string rule)
    {
        var broken = Named(rule).Find(RepositoryTree.Repository).ToList();

        Assert.True(broken.Count == 0, $"{Named(rule).Sentence}\n{string.Join('\n', broken)}");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_breach_is_found_by(string rule)
    {
        var samples = TidySamples.Bad.GetValueOrDefault(rule, []);

        Assert.NotEmpty(samples);
        Assert.All(samples, sample => Assert.NotEmpty(Named(rule).Find(new RepositoryTree([sample]))));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void What_only_looks_like_a_breach_is_left_alone_by(string rule)
    {
        var samples = TidySamples.Good.GetValueOrDefault(rule, []);

        Assert.All(samples, sample => Assert.Empty(Named(rule).Find(new RepositoryTree([sample]))));
    }

    private static TidyRule Named(string rule) => TidyRules.All.Single(candidate => candidate.ToString() == rule);
}
