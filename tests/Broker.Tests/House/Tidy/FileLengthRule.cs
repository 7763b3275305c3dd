namespace Broker.Tests.House.Tidy;

internal sealed class FileLengthRule : TidyRule
{
    private const int LinesMax = 600;

    public override string Sentence => $"No source file is longer than {LinesMax} lines.";

    public override IEnumerable<string> Find(RepositoryTree tree) =>
        from file in tree.Files
        where file.IsCode && file.Lines.Count > LinesMax
        select file.At(LinesMax + 1, $"{file.Lines.Count} lines; split it by feature.");
}
