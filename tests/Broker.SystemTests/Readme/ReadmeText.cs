namespace Broker.SystemTests.Readme;

/// <summary>README.md, taken apart: its lines, and its fenced blocks under their sections.</summary>
internal sealed class ReadmeText
{
    private ReadmeText(string root, IReadOnlyList<string> lines, IReadOnlyList<FencedBlock> blocks) =>
        (Root, Lines, Blocks) = (root, lines, blocks);

    /// <summary>The repository's root.</summary>
    public string Root { get; }

    public IReadOnlyList<string> Lines { get; }

    public IReadOnlyList<FencedBlock> Blocks { get; }

    /// <summary>The sections that have commands: the heading, and the commands of its blocks in order.</summary>
    public IEnumerable<(string Section, string Commands)> Sections => Blocks
        .Where(block => block.Language == "sh").GroupBy(block => block.Section)
        .Select(section => (section.Key, string.Join('\n', section.Select(block => block.Text))));

    /// <summary>Reads the one of the repository that this test was built in.</summary>
    public static ReadmeText Read()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Broker.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("No repository above the tests.");
        }

        var lines = File.ReadAllLines(Path.Combine(root, "README.md"));
        return new ReadmeText(root, lines, [.. FindBlocks(lines)]);
    }

    private static IEnumerable<FencedBlock> FindBlocks(string[] lines)
    {
        var section = "";
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('#'))
            {
                section = lines[i].TrimStart('#').Trim();
            }
            else if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                var language = lines[i][3..].Trim();
                var text = lines.Skip(i + 1).TakeWhile(line => line != "```").ToList();
                i += text.Count + 1;
                yield return new FencedBlock(section, language, string.Join('\n', text));
            }
        }
    }
}
