using System.Xml;
using System.Xml.Linq;
using Broker.Tests.House.Tidy;

namespace Broker.Tests.House.Projects;

internal sealed class PackageVersionsRule : TidyRule
{
    private const string Place = "Directory.Packages.props";

    public override string Sentence => $"Versions stand in {Place} alone, each once and exact.";

    public override IEnumerable<string> Find(RepositoryTree tree)
    {
        foreach (var file in tree.Files.Where(file => file.IsProject || Path.GetExtension(file.Path) == ".props"))
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var item in XDocument.Parse(file.Text, LoadOptions.SetLineInfo).Descendants())
            {
                var line = ((IXmlLineInfo)item).LineNumber;
                var version = item.Attribute("Version") ?? item.Attribute("VersionOverride");
                if (item.Name == "PackageReference" && version is not null)
                {
                    yield return file.At(line, $"a version outside {Place}.");
                }

                if (item.Name == "PackageVersion" && !char.IsAsciiDigit(version?.Value.FirstOrDefault() ?? ' '))
                {
                    yield return file.At(line, "a range; pin one version.");
                }

                if (item.Name == "PackageVersion" && !seen.Add(item.Attribute("Include")!.Value))
                {
                    yield return file.At(line, "pinned twice.");
                }
            }
        }
    }
}
