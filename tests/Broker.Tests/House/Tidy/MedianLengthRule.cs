namespace Broker.Tests.House.Tidy;

internal sealed class MedianLengthRule : TidyRule
{
    private const int LinesMax = 120;

    public override string Sentence => $"Half of the source files of src have at most {LinesMax} lines.";

    public override IEnumerable<string> Find(RepositoryTree tree)
    {
        var lengths = tree.CSharp.Where(file => file.IsProduct).Select(file => file.Lines.Count).Order().ToList();
        var median = lengths.Count == 0 ? 0 : lengths[lengths.Count / 2];
        return median <= LinesMax ? [] : [$"src:0: the median of {lengths.Count} files is {median} lines."];
    }
}
