using Xunit;

namespace Broker.Tests.House;

/// <summary>
/// Small projects built once under this repository's own build files: what the house promises is refused by the
/// compiler, not by a review.
/// </summary>
public sealed class HouseBuildTest(HouseBuild build) : IClassFixture<HouseBuild>
{
    [Fact]
    public void A_clean_project_builds() => Assert.DoesNotContain(build.Output, Says("Base", "error"));

    [Fact]
    public void A_banned_symbol_is_an_error() => Assert.Contains(build.Output, Says("Loose", "error RS0030"));

    [Fact]
    public void A_nullable_warning_is_an_error() => Assert.Contains(build.Output, Says("Loose", "error CS8625"));

    [Fact]
    public void A_forgotten_cancellation_token_is_an_error() =>
        Assert.Contains(build.Output, Says("Loose", "error CA2016"));

    [Fact]
    public void The_core_has_bans_of_its_own() =>
        Assert.Contains(build.Output, Says("Broker.Core", "error RS0030"));

    [Fact]
    public void The_bans_of_the_core_are_its_own() =>
        Assert.DoesNotContain(
            build.Output, line => Says("Loose", "RS0030")(line) && line.Contains("Guid", StringComparison.Ordinal));

    [Fact]
    public void The_type_of_a_reference_s_reference_is_not_visible() =>
        Assert.Contains(build.Output, Says("Top", "error CS0246"));

    private static Predicate<string> Says(string project, string what) =>
        line => line.Contains(what, StringComparison.Ordinal)
            && line.Contains($"{project}.csproj", StringComparison.Ordinal);
}
