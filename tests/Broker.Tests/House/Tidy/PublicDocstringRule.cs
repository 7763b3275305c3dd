using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Broker.Tests.House.Tidy;

internal sealed class PublicDocstringRule : TidyRule
{
    public override string Sentence => "Each public type of src says in a docstring what it is.";

    public override IEnumerable<string> Find(RepositoryTree tree) =>
        from file in tree.CSharp
        where file.IsProduct
        from type in file.Syntax.DescendantNodes().OfType<MemberDeclarationSyntax>()
        where type is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
        where type.Modifiers.Any(SyntaxKind.PublicKeyword)
        where !type.GetLeadingTrivia().ToList().Exists(IsDocstring)
        select file.At(type, "a public type without a docstring.");

    private static bool IsDocstring(SyntaxTrivia trivia) =>
        trivia.GetStructure() is DocumentationCommentTriviaSyntax doc
        && doc.Content.ToList().Exists(part => part is XmlElementSyntax or XmlEmptyElementSyntax);
}
