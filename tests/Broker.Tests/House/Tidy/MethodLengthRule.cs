using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Broker.Tests.House.Tidy;

internal sealed class MethodLengthRule : TidyRule
{
    private const int LinesMax = 69;

    public override string Sentence => $"No method is longer than {LinesMax} lines, attributes and docstring aside.";

    public override IEnumerable<string> Find(RepositoryTree tree) =>
        from file in tree.CSharp
        from method in file.Syntax.DescendantNodes()
        where method is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
            or PropertyDeclarationSyntax { ExpressionBody: not null } or GlobalStatementSyntax
        let length = Length(method)
        where length > LinesMax
        select file.At(method, $"a method of {length} lines; name its parts.");

    private static int Length(SyntaxNode method)
    {
        var lines = method.GetLocation().GetLineSpan();
        var attributes = method.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault();
        var first = attributes is null
            ? lines.StartLinePosition.Line
            : attributes.GetLastToken().GetNextToken().GetLocation().GetLineSpan().StartLinePosition.Line;
        return lines.EndLinePosition.Line - first + 1;
    }
}
