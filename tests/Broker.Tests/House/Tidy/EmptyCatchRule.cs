using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Broker.Tests.House.Tidy;

internal sealed class EmptyCatchRule : TidyRule
{
    public override string Sentence => "No catch block is empty, with or without a comment.";

    public override IEnumerable<string> Find(RepositoryTree tree) =>
        from file in tree.CSharp
        from clause in file.Syntax.DescendantNodes().OfType<CatchClauseSyntax>()
        where clause.Block.Statements.All(statement => statement is EmptyStatementSyntax)
        select file.At(clause, "an empty catch; count it, log it, or turn it into an outcome.");
}
