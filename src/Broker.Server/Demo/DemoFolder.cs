using Broker.Server.Hosting;

namespace Broker.Server.Demo;

/// <summary>The demo's temporary folder, removed at the end unless it is to be kept.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly bool _keep;

    private DemoFolder(string path, bool keep) => (Path, _keep) = (path, keep);

    public string Path { get; }

    /// <exception cref="StartFailureException">Nothing can be made in the temporary folder.</exception>
    public static DemoFolder Create(bool keep)
    {
        try
        {
            return new(Directory.CreateTempSubdirectory("broker-demo-").FullName, keep);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartFailureException(
                "temp_unusable",
                $"The demo cannot make a folder in {System.IO.Path.GetTempPath()}: {error.Message} "
                + "Name another with the variable TMPDIR: TMPDIR=$HOME broker demo",
                error);
        }
    }

    public void Dispose()
    {
        if (!_keep && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
