using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Broker.Tests.House.Bans;

/// <summary>The compiler with the analyzer of banned symbols, in process.</summary>
internal sealed class BanCompiler
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> analyzers = LoadAnalyzers();

    private readonly CSharpCompilation empty = CSharpCompilation.Create(
        "Violations",
        references: TrustedAssemblies().Select(path => MetadataReference.CreateFromFile(path)),
        options: new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    /// <summary>The symbol of a documentation id, or null when there is none: such a ban bans nothing.</summary>
    public ISymbol? Resolve(string id) => DocumentationCommentId.GetFirstSymbolForDeclarationId(id, empty);

    /// <summary>The messages of RS0030 on a source that must compile.</summary>
    public async Task<IReadOnlyList<string>> FindBannedAsync(string source, string banList, CancellationToken ct)
    {
        var compilation = empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, cancellationToken: ct));
        var errors = compilation.GetDiagnostics(ct).Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new InvalidOperationException($"{string.Join('\n', errors)}\n{source}");
        }

        var options = new AnalyzerOptions([new BanList(banList)]);
        var found = await compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync(ct);
        return [.. found.Where(d => d.Id == "RS0030").Select(d => d.GetMessage(null))];
    }

    private static IEnumerable<string> TrustedAssemblies() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal));

    private static ImmutableArray<DiagnosticAnalyzer> LoadAnalyzers()
    {
        var folder = typeof(BanCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "BannedApiAnalyzers").Value!;
        _ = Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.BannedApiAnalyzers.dll"));
        return
        [
            .. Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll"))
                .GetTypes()
                .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
                .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
        ];
    }

    private sealed class BanList(string text) : AdditionalText
    {
        public override string Path => "BannedSymbols.txt";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
