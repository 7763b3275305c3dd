using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Broker.Tests.House.Tidy;

/// <summary>What banned symbols cannot say of the core: they name APIs, and state and async are language.</summary>
internal sealed class PureCoreRule : TidyRule
{
    public override string Sentence => "Broker.Core has no static state and no async.";

    public override IEnumerable<string> Find(RepositoryTree tree) =>
        from file in tree.CSharp
        where file.Path.StartsWith("src/Broker.Core/", StringComparison.Ordinal)
        from node in file.Syntax.DescendantNodes()
        where IsStaticState(node) || IsAsync(node)
        select file.At(node, "the core is pure: state lives in the Ledger, time and ids arrive in the command.");

    private static bool IsStaticState(SyntaxNode node) => node switch
    {
        FieldDeclarationSyntax field => IsStatic(field) && !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword),
        EventFieldDeclarationSyntax field => IsStatic(field),
        PropertyDeclarationSyntax property => IsStatic(property)
            && property.AccessorList?.Accessors.Any(SyntaxKind.SetAccessorDeclaration) is true,
        _ => false,
    };

    private static bool IsStatic(MemberDeclarationSyntax member) => member.Modifiers.Any(SyntaxKind.StaticKeyword);

    private static bool IsAsync(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax function => function.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        AwaitExpressionSyntax => true,
        _ => false,
    };
}
