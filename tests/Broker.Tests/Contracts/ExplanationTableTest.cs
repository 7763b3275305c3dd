using Broker.Contracts.Explanations;
using Broker.Contracts.Problems;
using Broker.Identity.Reasons;
using Xunit;

namespace Broker.Tests.Contracts;

public sealed class ExplanationTableTest
{
    private static readonly IReadOnlyList<Explanation> all =
        [.. ExplanationTable.Groups.SelectMany(group => group.Explanations)];

    [Fact]
    public void Every_code_that_the_broker_answers_with_is_explained_once_and_no_other()
    {
        var answered = ProblemKinds.All.Keys.Union(IdentityReasons.All.Keys).Order(StringComparer.Ordinal);

        Assert.Equal(answered, all.Select(explanation => explanation.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_explanation_says_what_it_means_and_what_to_do_in_whole_sentences() => Assert.All(
        all,
        explanation =>
        {
            Assert.EndsWith(".", explanation.Meaning, StringComparison.Ordinal);
            Assert.True(explanation.Why.Length == 0 || explanation.Why.EndsWith('.') || explanation.Why.EndsWith(')'));
            Assert.NotEmpty(explanation.Steps);
            Assert.All(explanation.Steps, step => Assert.True(char.IsAsciiLetter(step[0]), step));
            Assert.Same(explanation, ExplanationTable.Find(explanation.Code));
        });
}
