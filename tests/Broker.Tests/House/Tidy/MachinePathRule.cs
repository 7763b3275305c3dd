using System.Text.RegularExpressions;

namespace Broker.Tests.House.Tidy;

internal sealed partial class MachinePathRule : TidyRule
{
    public override string Sentence => "No file names a folder of the machine that it was written on.";

    public override IEnumerable<string> Find(RepositoryTree tree) =>
        from file in tree.Files
        from line in file.Lines.Index()
        let path = MachinePath().Match(line.Item)
        where path.Success
        select file.At(line.Index + 1, $"{path.Value}; ask the system for a folder.");

    // A path that goes on from something else ($HOME/work/, example.org/home/) belongs to that.
    [GeneratedRegex(@"(?<![\w.\-/})\]~*])/(tmp|home|root|work)/")]
    private static partial Regex MachinePath();
}
