using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Client;
using Broker.Contracts.Csrs;
using Broker.Identity.Authorities;
using Broker.Identity.Csr;

namespace Broker.Testing.Servers;

/// <summary>A machine with a key of its own, and with a certificate once it was given one.</summary>
public sealed class TestNode : IDisposable
{
    private readonly TestBroker _broker;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private NodeApi? _api;

    internal TestNode(TestBroker broker, string name) => (_broker, Name) = (broker, name);

    public string Name { get; }

    /// <summary>The certificate in use.</summary>
    public X509Certificate2 Certificate { get; private set; } = null!;

    /// <summary>Calls with the certificate in use.</summary>
    public NodeApi Api => _api ??= new NodeApi(_broker.Connect(TestListener.Node, Certificate));

    /// <summary>PKCS#10 in PEM for this node's key, under this or another name.</summary>
    public string SigningRequest(string? asName = null) => ToPem(_key, asName ?? Name);

    /// <summary>Asks with a token and takes the certificate that comes of it.</summary>
    public async Task EnrolAsync(string token)
    {
        var answer = await _broker.Enrol
            .EnrolAsync(token, SigningRequest(), CancellationToken.None).ConfigureAwait(false);
        Take(answer.OrThrow());
    }

    /// <summary>Uses the certificate of an answer from now on, over a connection of its own.</summary>
    public void Take(EnrolResponse answer)
    {
        if (answer.Certificate is null)
        {
            throw new InvalidOperationException($"The request is {answer.Status}: {answer.Detail}");
        }

        using var bare = X509Certificate2.CreateFromPem(answer.Certificate);
        Use(bare.CopyWithPrivateKey(_key));
    }

    /// <summary>A certificate of the node CA for this key that no request on record accounts for.</summary>
    public void Forge(string? asName = null)
    {
        var examined = CsrExaminer.Examine(System.Text.Encoding.ASCII.GetBytes(SigningRequest(asName)));
        using var bare = NodeCertificateSigner.Sign(
            examined.Csr!, _broker.LoadAuthority("node-ca"), TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        Use(bare.CopyWithPrivateKey(_key));
    }

    /// <summary>The same machine with a further key, as at a renewal.</summary>
    public TestNode WithNewKey() => _broker.NewNode(Name);

    /// <summary>Certificate and key in one text, as a kubelet keeps them in one file.</summary>
    public string Pem() => $"{_key.ExportPkcs8PrivateKeyPem()}\n{Certificate.ExportCertificatePem()}\n";

    /// <summary>Calls with any bytes, on the node listener.</summary>
    public RawApi Raw() => _broker.Raw(TestListener.Node, Certificate);

    public void Dispose() => _key.Dispose();

    private void Use(X509Certificate2 certificate) => (Certificate, _api) = (_broker.Own(certificate), null);

    private static string ToPem(ECDsa key, string name)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName("system:nodes");
        subject.AddCommonName($"system:node:{name}");
        return new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequestPem() + "\n";
    }
}
