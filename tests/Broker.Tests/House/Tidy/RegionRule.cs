using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Broker.Tests.House.Tidy;

internal sealed class RegionRule : TidyRule
{
    public override string Sentence => "No file has regions: what wants folding wants a file.";

    public override IEnumerable<string> Find(RepositoryTree tree) =>
        from file in tree.CSharp
        from region in file.Syntax.DescendantNodes(descendIntoTrivia: true).OfType<RegionDirectiveTriviaSyntax>()
        select file.At(region, "a region.");
}
