using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Client;

namespace Broker.Server.Demo;

/// <summary>A machine that has a key of its own and asks for a certificate, as a bootstrap agent would.</summary>
internal sealed class DemoNode : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public DemoNode(string name) => Name = name;

    public string Name { get; }

    /// <summary>PKCS#10 for <c>O=system:nodes, CN=system:node:NAME</c>, as a kubelet makes it.</summary>
    public string SigningRequest(string? asName = null)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName("system:nodes");
        subject.AddCommonName($"system:node:{asName ?? Name}");
        var request = new CertificateRequest(subject.Build(), _key, HashAlgorithmName.SHA256);
        return request.CreateSigningRequestPem() + "\n";
    }

    /// <summary>Joins an issued certificate with the key.</summary>
    public X509Certificate2 Join(X509Certificate2 certificate) => certificate.CopyWithPrivateKey(_key);

    /// <summary>Writes certificate, key and a curl configuration, for a person to go on with.</summary>
    public void Save(string folder, string certificatePem, string brokerCaFile)
    {
        var certificateFile = Path.Combine(folder, Name + ".crt");
        var keyFile = Path.Combine(folder, Name + ".key");
        File.WriteAllText(certificateFile, certificatePem);
        using (var stream = new FileStream(keyFile, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            using var writer = new StreamWriter(stream);
            writer.WriteLine(_key.ExportPkcs8PrivateKeyPem());
        }

        Init.CurlFile.Write(Path.Combine(folder, Name + ".curl"), brokerCaFile, certificateFile, keyFile);
    }

    public void Dispose() => _key.Dispose();

    /// <summary>A connection to one listener.</summary>
    public static BrokerConnection Connect(string address, X509Certificate2Collection anchors, X509Certificate2? own) =>
        new(new BrokerEndpoint(new Uri($"https://{address}"), anchors, own));
}
