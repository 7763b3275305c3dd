using Microsoft.CodeAnalysis;

namespace Broker.Tests.House.Bans;

/// <summary>Source that uses a banned symbol as a careless change would.</summary>
internal static class Violation
{
    private static readonly SymbolDisplayFormat named = SymbolDisplayFormat.FullyQualifiedFormat;

    public static string Of(ISymbol symbol) =>
        $"class Violation {{ object? M() {{ {Statement(symbol)} return null; }} }}";

    private static string Statement(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => Statement(FirstUse(type)),
        IMethodSymbol { MethodKind: MethodKind.Constructor } method =>
            $"_ = new {Name(method.ContainingType)}({Arguments(method)});",
        IMethodSymbol method => $"{Target(method)}.{method.Name}({Arguments(method)});",
        IPropertySymbol { GetMethod: null } property => $"{Target(property)}.{property.Name} = default!;",
        IPropertySymbol or IFieldSymbol => $"_ = {Target(symbol)}.{symbol.Name};",
        _ => throw new InvalidOperationException($"No violation is known for a {symbol.Kind}."),
    };

    private static string Target(ISymbol member) =>
        member.IsStatic ? Name(member.ContainingType) : $"default({Name(member.ContainingType)})!";

    private static string Arguments(IMethodSymbol method) =>
        string.Join(", ", method.Parameters.Select(parameter => $"default({Name(parameter.Type)})!"));

    /// <summary>The plainest way to use a type: the analyzer looks at operations, not at mentions.</summary>
    private static ISymbol FirstUse(INamedTypeSymbol type)
    {
        // Any type will do as an argument: the ban is on the definition.
        var closed = type.IsGenericType ? type.Construct([.. type.TypeParameters.Select(_ => StringOf(type))]) : type;
        return closed.GetMembers()
            .Where(member => member.DeclaredAccessibility == Accessibility.Public && !IsObsolete(member))
            .Where(member => member is IPropertySymbol { IsStatic: true }
                or IMethodSymbol { IsStatic: true, MethodKind: MethodKind.Ordinary, IsGenericMethod: false }
                or IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.IsAbstract: false })
            .OrderBy(member => member is IMethodSymbol method ? method.Parameters.Length : 0)
            .First();
    }

    private static bool IsObsolete(ISymbol member) =>
        member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == nameof(ObsoleteAttribute));

    private static INamedTypeSymbol StringOf(INamedTypeSymbol type) =>
        type.ContainingAssembly.GetTypeByMetadataName("System.String")!;

    private static string Name(ITypeSymbol type) => type.ToDisplayString(named);
}
