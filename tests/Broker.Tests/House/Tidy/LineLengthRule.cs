namespace Broker.Tests.House.Tidy;

internal sealed class LineLengthRule : TidyRule
{
    private const int CharactersMax = 120;

    public override string Sentence => $"No line of code is longer than {CharactersMax} characters.";

    public override IEnumerable<string> Find(RepositoryTree tree) =>
        from file in tree.Files
        where file.IsCode
        from line in file.Lines.Index()
        where line.Item.Length > CharactersMax
        select file.At(line.Index + 1, $"{line.Item.Length} characters.");
}
