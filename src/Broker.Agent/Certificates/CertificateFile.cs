using System.Text;
using Broker.Agent.ApiServers;
using Broker.Agent.Hosting;

namespace Broker.Agent.Certificates;

/// <summary>
/// The one file that holds certificate and key, for its owner only. Readers see the old or the new one.
/// </summary>
internal sealed class CertificateFile(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>What is in it; null when there is no file.</summary>
    /// <exception cref="AgentFailureException">It holds something else, which is left alone.</exception>
    public IssuedCertificate? Load() =>
        File.Exists(Path) ? IssuedCertificate.Read(AccessFiles.Text(Path), Path) : null;

    /// <summary>Replaces it, durably: after a power cut it is the old or the new one, and whole.</summary>
    /// <exception cref="AgentFailureException">It cannot be written.</exception>
    public void Store(IssuedCertificate certificate)
    {
        var beside = $"{Path}.{Guid.NewGuid():N}.new";
        try
        {
            var folder = System.IO.Path.GetDirectoryName(Path)!;
            _ = Directory.CreateDirectory(folder); // It is there now, made or not.
            using (var file = new FileStream(beside, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                file.Write(Encoding.ASCII.GetBytes(certificate.Pem));
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, Path, overwrite: true);
            DurableFolder.Sync(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw new AgentFailureException(
                "certificate_file_unwritable", $"{Path} cannot be written: {error.Message}", error);
        }
    }
}
