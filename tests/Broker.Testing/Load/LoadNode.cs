using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Broker.Testing.Load;

/// <summary>A machine with a key of its own, and everything that it ever asked for.</summary>
public sealed class LoadNode : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public LoadNode(string name)
    {
        Name = name;
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName("system:nodes");
        subject.AddCommonName($"system:node:{name}");
        Csr = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    public string Name { get; }

    /// <summary>PKCS#10 in PEM, the same each time.</summary>
    public string Csr { get; }

    /// <summary>The bootstrap token, once its issue was acknowledged.</summary>
    public string? Token { get; set; }

    /// <summary>The certificate in PEM, once it was acknowledged.</summary>
    public string? Certificate { get; set; }

    public ConcurrentBag<TrackedLease> Leases { get; private set; } = [];

    public ConcurrentBag<TrackedBlock> Blocks { get; private set; } = [];

    /// <summary>The certificate with its key.</summary>
    public X509Certificate2 Identity()
    {
        using var certificate = X509Certificate2.CreateFromPem(Certificate);
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>The key, PKCS#8 in PEM.</summary>
    public string KeyPem() => key.ExportPkcs8PrivateKeyPem();

    /// <summary>Forgets what is over.</summary>
    public void Forget()
    {
        Leases = [.. Leases.Where(lease => lease.Phase != AskPhase.Gone)];
        Blocks = [.. Blocks.Where(block => block.Phase != AskPhase.Gone)];
    }

    public void Dispose() => key.Dispose();
}
