using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Broker.Identity.Authorities;

/// <summary>Writes a certificate and its private key as two PEM files.</summary>
public static class KeyFiles
{
    /// <summary>
    /// The key file is created with mode 0600, so that there is no moment in which others could read it. Neither file
    /// may exist.
    /// </summary>
    /// <exception cref="IOException">A file exists or cannot be written.</exception>
    public static void Write(X509Certificate2 certificate, string certificatePath, string keyPath)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(keyPath, options))
        {
            file.Write(Encoding.ASCII.GetBytes(ExportKey(certificate) + "\n"));
            file.Flush(flushToDisk: true);
        }

        using var text = new FileStream(certificatePath, FileMode.CreateNew, FileAccess.Write);
        text.Write(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"));
        text.Flush(flushToDisk: true);
    }

    private static string ExportKey(X509Certificate2 certificate)
    {
        using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey()
            ?? certificate.GetRSAPrivateKey()
            ?? throw new ArgumentException("The certificate has no private key.", nameof(certificate));
        return key.ExportPkcs8PrivateKeyPem();
    }
}
