using Broker.Cni.Errors;
using Broker.Contracts.Problems;
using Xunit;

namespace Broker.Tests.Cni;

public sealed class ProblemErrorsTest
{
    [Theory]
    [InlineData("unwitnessed", 100)]
    [InlineData("node_fenced", 100)]
    [InlineData("certificate_expired", 100)]
    [InlineData("pool_exhausted", 101)]
    [InlineData("block_exhausted", 101)]
    [InlineData("block_limit", 101)]
    [InlineData("conflict", 102)]
    [InlineData("pool_unknown", 103)]
    [InlineData("pool_adopting", 103)]
    [InlineData("lessor_agent", 103)]
    [InlineData("request_ended", 11)]
    [InlineData("overloaded", 11)]
    [InlineData("rate_limited", 11)]
    [InlineData("stopping", 11)]
    [InlineData("internal", 11)]
    [InlineData("invalid_field", 106)]
    public void Each_problem_has_its_code(string problem, int code) =>
        Assert.Equal(code, (int)ProblemErrors.Of(Of(ProblemKinds.Find(problem)!)).Code);

    [Fact]
    public void Every_problem_says_what_happened_with_its_code_and_what_to_do_next() =>
        Assert.All(ProblemKinds.All.Values, kind =>
        {
            var error = ProblemErrors.Of(Of(kind));

            Assert.Contains($"({kind.Code})", error.Message, StringComparison.Ordinal);
            Assert.Contains("the detail", error.Message, StringComparison.Ordinal);
            Assert.Equal(kind.Next, error.Details);
            Assert.NotEqual((CniErrorCode)3, error.Code);
        });

    [Fact]
    public void Only_what_a_moment_may_mend_is_asked_again() => Assert.Equal(
        ["nodes_unlisted", "outcome_unknown", "overloaded", "pod_unverified", "rate_limited", "retry", "stopping"],
        ProblemKinds.All.Values.Where(kind => ProblemErrors.IsPassing(Of(kind))).Select(kind => kind.Code).Order());

    private static Problem Of(ProblemKind kind) =>
        new("about:blank", kind.Title, kind.Status, kind.Code, "the detail", kind.Next);
}
