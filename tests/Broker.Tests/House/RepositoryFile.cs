using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Broker.Tests.House;

/// <summary>One file of the repository: its path from the root, with forward slashes, and its text.</summary>
internal sealed class RepositoryFile(string path, string text)
{
    // Generic attributes, records and file-scoped types must parse as the build parses them.
    private static readonly CSharpParseOptions parsing = new(LanguageVersion.Latest, DocumentationMode.Parse);

    private readonly Lazy<SyntaxNode> syntax = new(
        () => CSharpSyntaxTree.ParseText(text, parsing, path).GetRoot());

    private readonly Lazy<IReadOnlyList<string>> lines = new(() => SplitLines(text));

    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>The text without its line ends; a last line that is ended counts once.</summary>
    public IReadOnlyList<string> Lines => lines.Value;

    /// <summary>The C# syntax; only for <see cref="IsCSharp"/>.</summary>
    public SyntaxNode Syntax => syntax.Value;

    public string Name => System.IO.Path.GetFileName(Path);

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsProject => Path.EndsWith(".csproj", StringComparison.Ordinal);

    public bool IsMarkdown => Path.EndsWith(".md", StringComparison.Ordinal);

    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>Code of any language: what a person reads and edits line by line.</summary>
    public bool IsCode =>
        IsCSharp || IsProject || Text.StartsWith("#!", StringComparison.Ordinal)
        || System.IO.Path.GetExtension(Path) is ".sh" or ".props" or ".targets" or ".js" or ".css" or ".html";

    /// <summary>A finding of a rule, in the form that editors turn into a link.</summary>
    public string At(int line, string sentence) => $"{Path}:{line}: {sentence}";

    /// <summary>A finding at a node of <see cref="Syntax"/>.</summary>
    public string At(SyntaxNodeOrToken node, string sentence) =>
        At(node.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1, sentence);

    private static string[] SplitLines(string text)
    {
        var split = text.Split('\n');
        return split[^1].Length == 0 ? split[..^1] : split;
    }
}
