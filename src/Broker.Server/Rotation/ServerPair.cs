using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Authorities;
using Broker.Server.Options;

namespace Broker.Server.Rotation;

/// <summary>
/// Puts a new server certificate and its key in the place of the old ones. Two files cannot be replaced in one step:
/// both are written beside the old ones, then the key is moved, then the certificate. Whoever reads in between finds a
/// certificate that is not the key's and waits; a start after a crash in between makes the second move.
/// </summary>
internal static class ServerPair
{
    private const string Next = ".next";

    /// <summary>Replaces both files.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Replace(PkiPaths paths, X509Certificate2 certificate)
    {
        File.Delete(paths.ServerKey + Next);
        File.Delete(paths.ServerCertificate + Next);
        KeyFiles.Write(certificate, paths.ServerCertificate + Next, paths.ServerKey + Next);
        File.Move(paths.ServerKey + Next, paths.ServerKey, overwrite: true);
        File.Move(paths.ServerCertificate + Next, paths.ServerCertificate, overwrite: true);
    }

    /// <summary>Ends what a crash left half done: with the key moved, the certificate follows.</summary>
    public static void Finish(PkiPaths paths)
    {
        if (File.Exists(paths.ServerCertificate + Next) && !File.Exists(paths.ServerKey + Next))
        {
            File.Move(paths.ServerCertificate + Next, paths.ServerCertificate, overwrite: true);
        }
    }
}
