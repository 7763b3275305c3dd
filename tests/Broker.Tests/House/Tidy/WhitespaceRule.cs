namespace Broker.Tests.House.Tidy;

internal sealed class WhitespaceRule : TidyRule
{
    public override string Sentence => "Lines end in LF, without blanks before it, the last one too.";

    public override IEnumerable<string> Find(RepositoryTree tree)
    {
        foreach (var file in tree.Files.Where(file => (file.IsCode || file.IsMarkdown) && file.Text.Length > 0))
        {
            foreach (var (index, line) in file.Lines.Index())
            {
                if (line.Length > 0 && char.IsWhiteSpace(line[^1]))
                {
                    yield return file.At(index + 1, "white space at the end of the line.");
                }
            }

            if (file.Text[^1] != '\n')
            {
                yield return file.At(file.Lines.Count, "the last line has no end.");
            }
        }
    }
}
