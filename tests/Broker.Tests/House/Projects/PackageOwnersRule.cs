using Broker.Tests.House.Tidy;

namespace Broker.Tests.House.Projects;

internal sealed class PackageOwnersRule : TidyRule
{
    public override string Sentence => "A third-party package is named by its owner, and its types stop there.";

    public override IEnumerable<string> Find(RepositoryTree tree)
    {
        var projects = tree.Projects.Where(file => file.IsProduct).Select(file => new ProjectFile(file));
        foreach (var (project, package) in projects.SelectMany(p => p.Packages, (p, package) => (p, package)))
        {
            var name = package.Attribute("Include")!.Value;
            var owners = PackageOwners.All.GetValueOrDefault(name, []);
            if (!owners.Contains(project.Name, StringComparer.Ordinal))
            {
                yield return project.File.At(1, owners.Length == 0
                    ? $"{name} has no owner; say why it is needed in PackageOwners."
                    : $"{name} belongs to {string.Join(", ", owners)}.");
            }

            if (package.Attribute("PrivateAssets")?.Value is not ("compile" or "all"))
            {
                yield return project.File.At(1, $"{name} needs PrivateAssets=\"compile\", or its types leak.");
            }
        }
    }
}
