namespace Broker.Server.Demo;

/// <summary>The demo's temporary folder, removed at the end unless it is to be kept.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly bool _keep;

    private DemoFolder(string path, bool keep) => (Path, _keep) = (path, keep);

    public string Path { get; }

    public static DemoFolder Create(bool keep) =>
        new(Directory.CreateTempSubdirectory("broker-demo-").FullName, keep);

    public void Dispose()
    {
        if (!_keep && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
