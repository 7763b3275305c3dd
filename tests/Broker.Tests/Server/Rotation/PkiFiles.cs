using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Authorities;
using Broker.Server.Rotation;
using Broker.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Broker.Tests.Server.Rotation;

/// <summary>The key files of a running broker, as whoever rotates them sees them.</summary>
internal sealed class PkiFiles(TestBroker broker)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan life = TimeSpan.FromDays(30);

    public string this[string name] => Path.Combine(broker.Folder, "pki", name);

    /// <summary>Has the broker look at the files now.</summary>
    public void Look() => broker.Host.Services.GetRequiredService<KeyRotation>().Look();

    /// <summary>A CA of its own, in files of its own beside the others.</summary>
    public CertificateAuthority NewAuthority(string name)
    {
        var authority = broker.Own(CertificateAuthority.Create(name, TimeProvider.System.GetUtcNow(), life));
        authority.Save(this[name + ".crt"], this[name + ".key"]);
        return authority;
    }

    /// <summary>Puts a serving certificate in place, key first.</summary>
    public X509Certificate2 ReplaceServer(CertificateAuthority issuer, params string[] moreNames)
    {
        var certificate = NewServer(issuer, TimeProvider.System.GetUtcNow(), moreNames);
        WriteKey("server.key", certificate);
        Write("server.crt", certificate.ExportCertificatePem());
        return certificate;
    }

    public X509Certificate2 NewServer(
        CertificateAuthority issuer, DateTimeOffset from, params string[] moreNames) =>
        broker.Own(ServerCertificateIssuer.Issue(
            issuer, ["localhost", .. moreNames], [System.Net.IPAddress.Loopback], from, life));

    public void WriteKey(string name, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        Write(name, key.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(this[name], OwnerOnly);
    }

    /// <summary>Makes a bundle of CAs, or any other text, the content of a file.</summary>
    public void Write(string name, params string[] pems)
    {
        // As a careful operator does: whole, then in place.
        File.WriteAllText(this[name] + ".made", string.Concat(pems.Select(pem => pem.TrimEnd() + "\n")));
        File.Move(this[name] + ".made", this[name], overwrite: true);
    }

    public string Read(string name) => File.ReadAllText(this[name]);
}
