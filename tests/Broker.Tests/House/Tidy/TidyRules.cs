using Broker.Tests.House.Projects;

namespace Broker.Tests.House.Tidy;

/// <summary>All rules, in the order of the house style.</summary>
internal static class TidyRules
{
    public static IReadOnlyList<TidyRule> All { get; } =
    [
        new FileLengthRule(),
        new MedianLengthRule(),
        new MethodLengthRule(),
        new LineLengthRule(),
        new OneTypePerFileRule(),
        new FolderNamesRule(),
        new WhitespaceRule(),
        new LeftoverWordsRule(),
        new EmptyCatchRule(),
        new RegionRule(),
        new PublicDocstringRule(),
        new PureCoreRule(),
        new PrivateKeyRule(),
        new MachinePathRule(),
        new OneTitleRule(),
        new RootNamesRule(),
        new ProjectReferencesRule(),
        new PackageOwnersRule(),
        new PackageVersionsRule(),
    ];
}
