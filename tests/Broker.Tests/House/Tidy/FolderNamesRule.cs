namespace Broker.Tests.House.Tidy;

internal sealed class FolderNamesRule : TidyRule
{
    private static readonly string[] names =
        ["Services", "Helpers", "Managers", "Utils", "Utilities", "Common", "Misc", "Models", "Extensions"];

    public override string Sentence => "A folder is a feature, never a kind of class.";

    public override IEnumerable<string> Find(RepositoryTree tree) =>
        from file in tree.CSharp
        from folder in file.Path.Split('/').SkipLast(1)
        where names.Contains(folder, StringComparer.OrdinalIgnoreCase)
        select file.At(1, $"the folder {folder} names no feature.");
}
