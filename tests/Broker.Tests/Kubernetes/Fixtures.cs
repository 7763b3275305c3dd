namespace Broker.Tests.Kubernetes;

/// <summary>The files beside these tests.</summary>
internal static class Fixtures
{
    public static string Read(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Broker.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the tree.");
        }

        return File.ReadAllText(
            Path.Combine(folder.FullName, "tests", "Broker.Tests", "Kubernetes", "Fixtures", name));
    }
}
