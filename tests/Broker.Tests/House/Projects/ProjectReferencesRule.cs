using Broker.Tests.House.Tidy;

namespace Broker.Tests.House.Projects;

internal sealed class ProjectReferencesRule : TidyRule
{
    public override string Sentence =>
        "Projects reference what the table of the architecture allows, and lie where it says.";

    public override IEnumerable<string> Find(RepositoryTree tree)
    {
        foreach (var project in tree.Projects.Select(file => new ProjectFile(file)))
        {
            var isTest = ProjectTable.Tests.Contains(project.Name, StringComparer.Ordinal);
            if (project.File.Path != $"{(isTest ? "tests" : "src")}/{project.Name}/{project.Name}.csproj")
            {
                yield return project.File.At(1, "a project lies in a folder of its own name under src or tests.");
            }

            if (isTest)
            {
                continue;
            }

            if (!ProjectTable.MayReference.TryGetValue(project.Name, out var allowed))
            {
                yield return project.File.At(1, "not in the table; its reason is a new dependency or program.");
                continue;
            }

            foreach (var reference in project.References.Except(allowed, StringComparer.Ordinal))
            {
                yield return project.File.At(1, $"may not reference {reference}.");
            }
        }
    }
}
