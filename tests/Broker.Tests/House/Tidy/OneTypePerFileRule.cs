using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Broker.Tests.House.Tidy;

internal sealed class OneTypePerFileRule : TidyRule
{
    public override string Sentence =>
        "A file holds one top-level type and is named after it (Foo<T>: FooOfT.cs or Foo.cs).";

    public override IEnumerable<string> Find(RepositoryTree tree) =>
        tree.CSharp.Where(file => file.Name != "Program.cs").SelectMany(Find);

    private static IEnumerable<string> Find(RepositoryFile file)
    {
        var types = file.Syntax.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .ToList();
        if (types.Count == 0)
        {
            // Assembly-wide attributes and global usings have no type to be named after.
            yield break;
        }

        foreach (var type in types.Skip(1))
        {
            yield return file.At(type, "a second type; give it a file of its own.");
        }

        var names = FileNames(types[0]).ToList();
        if (!names.Contains(file.Name, StringComparer.Ordinal))
        {
            yield return file.At(types[0], $"the file must be named {string.Join(" or ", names)}.");
        }
    }

    private static IEnumerable<string> FileNames(SyntaxNode type)
    {
        var (name, parameters) = type switch
        {
            TypeDeclarationSyntax declared => (declared.Identifier.Text, declared.TypeParameterList),
            DelegateDeclarationSyntax declared => (declared.Identifier.Text, declared.TypeParameterList),
            _ => (((BaseTypeDeclarationSyntax)type).Identifier.Text, null),
        };
        yield return $"{name}.cs";
        if (parameters is not null)
        {
            yield return $"{name}OfT.cs";
        }
    }
}
