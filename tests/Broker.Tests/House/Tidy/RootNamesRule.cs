namespace Broker.Tests.House.Tidy;

internal sealed class RootNamesRule : TidyRule
{
    private static readonly string[] names =
    [
        "src", "tests", "certs", "deploy", "components", "docker-compose.yml", "Broker.sln", "README.md",
        "Directory.Build.props", "Directory.Packages.props", "global.json",
    ];

    public override string Sentence => "The root holds what tools look for there, and the folders of the map.";

    public override IEnumerable<string> Find(RepositoryTree tree) =>
        from name in tree.Files.Select(file => file.Path.Split('/')[0]).Distinct(StringComparer.Ordinal)
        where !name.StartsWith('.') && !names.Contains(name, StringComparer.Ordinal)
        select $"{name}:0: not a name of the root; see the map of the tree.";
}
