using Broker.Contracts.Problems;
using Broker.Core.Refusals;
using Broker.Identity.Reasons;
using Broker.Server.Api;
using Broker.Tests.House;
using Xunit;

namespace Broker.Tests.Contracts;

public sealed partial class ProblemKindsTest
{
    private static readonly int[] statuses = [400, 401, 403, 404, 405, 409, 413, 415, 421, 422, 429, 500, 503, 507];

    [Fact]
    public void Every_kind_says_what_it_means_and_what_to_do_next() => Assert.All(
        ProblemKinds.All.Values,
        kind =>
        {
            Assert.Matches("^[a-z][a-z_]+$", kind.Code);
            Assert.Contains(kind.Status, statuses);
            Assert.EndsWith(".", kind.Title, StringComparison.Ordinal);
            Assert.True(kind.Next.Length > 10, $"{kind.Code} says nothing of what to do.");
            Assert.Same(kind, ProblemKinds.Find(kind.Code));
        });

    [Fact]
    public void Every_refusal_of_the_core_has_a_kind() => Assert.All(
        Enum.GetValues<RefusalCode>(), code => Assert.NotNull(ProblemKinds.Find(RefusalCodes.Text(code))));

    [Fact]
    public void Every_reason_of_identity_can_be_answered_with() => Assert.All(
        IdentityReasons.All.Values,
        reason =>
        {
            Assert.NotEmpty(reason.Meaning);
            Assert.NotEmpty(reason.ToDo);
        });

    [Fact]
    public void A_reason_of_identity_that_has_a_kind_as_well_refuses_the_caller() => Assert.All(
        IdentityReasons.All.Keys.Select(ProblemKinds.Find).OfType<ProblemKind>(),
        kind => Assert.Contains(kind.Status, (int[])[403, 409]));

    [Fact]
    public void Every_code_in_the_source_of_the_server_can_be_answered_with()
    {
        var codes = RepositoryTree.Repository.Files
            .Where(file => file.Path.StartsWith("src/Broker.Server/Api/", StringComparison.Ordinal)
                && !file.Path.EndsWith("Docs.cs", StringComparison.Ordinal)) // Names of operations and parameters.
            .SelectMany(file => Codes().Matches(file.Text))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .ToList();

        Assert.True(codes.Count > 10, "The pattern finds the codes no more.");
        Assert.All(codes, code => Assert.True(
            ProblemKinds.Find(code) is not null || IdentityReasons.Find(code) is not null, code));
    }

    [System.Text.RegularExpressions.GeneratedRegex(
        "(?:ApiProblemException\\(\\s*|WriteAsync\\(\\s*context, |AnswerAsync\\(context, |new\\()\"([a-z_]+)\", ")]
    private static partial System.Text.RegularExpressions.Regex Codes();
}
