namespace Broker.Tests.House.Tidy;

internal sealed class OneTitleRule : TidyRule
{
    public override string Sentence => "A Markdown document has one title, on its first line.";

    public override IEnumerable<string> Find(RepositoryTree tree)
    {
        foreach (var file in tree.Files.Where(file => file.IsMarkdown))
        {
            var titles = Titles(file).ToList();
            if (titles.FirstOrDefault() != 1)
            {
                yield return file.At(1, "the first line is not a title.");
            }

            foreach (var line in titles.Where(line => line != 1))
            {
                yield return file.At(line, "a second title.");
            }
        }
    }

    private static IEnumerable<int> Titles(RepositoryFile file)
    {
        var fenced = false;
        foreach (var (index, line) in file.Lines.Index())
        {
            // In a fence a leading # is a comment of the shell.
            fenced ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (!fenced && line.StartsWith("# ", StringComparison.Ordinal))
            {
                yield return index + 1;
            }
        }
    }
}
