using System.Xml.Linq;

namespace Broker.Tests.House.Projects;

/// <summary>A csproj file, read as XML: these projects set nothing by condition that the rules look at.</summary>
internal sealed class ProjectFile(RepositoryFile file)
{
    private readonly XDocument xml = XDocument.Parse(file.Text);

    public RepositoryFile File { get; } = file;

    public string Name => Path.GetFileNameWithoutExtension(File.Path);

    /// <summary>The names of the projects that it references.</summary>
    public IEnumerable<string> References =>
        from reference in xml.Descendants("ProjectReference")
        select Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'));

    /// <summary>The packages that it includes.</summary>
    public IEnumerable<XElement> Packages =>
        xml.Descendants("PackageReference").Where(package => package.Attribute("Include") is not null);
}
