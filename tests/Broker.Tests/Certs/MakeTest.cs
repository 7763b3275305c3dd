using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Testing;
using Broker.Testing.Processes;
using Broker.Tests.House;
using Xunit;

namespace Broker.Tests.Certs;

/// <summary>certs/make, run once, and what it made.</summary>
public sealed class MakeTest : IAsyncLifetime
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(30);
    private readonly TempFolder folder = new();

    public async ValueTask InitializeAsync()
    {
        Requires.Command("bash", package: "bash");
        Requires.Command("openssl", package: "openssl");
        Assert.Equal(0, await MakeAsync());
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_it_makes_has_the_profile_that_the_broker_enforces()
    {
        using var nodes = Load("node-ca");
        using var people = Load("operator-ca");
        using var server = Load("server");
        using var person = Load("operator");

        Assert.All([nodes, people], IsAuthority);
        IsLeaf(server, nodes, ServerAuth, "2.5.29.17");
        IsLeaf(person, people, ClientAuth);
        Assert.True(server.MatchesHostname("localhost"));
        Assert.True(server.MatchesHostname("127.0.0.1"));
        Assert.Equal(
            ["O=broker:operators", "CN=by-hand"],
            person.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false).Select(name =>
                $"{name.GetSingleElementType().FriendlyName}={name.GetSingleElementValue()}"));

        await Keys_belong_to_their_certificates_and_to_their_owner_only();
        Assert.NotEqual(0, await MakeAsync());
    }

    private async Task Keys_belong_to_their_certificates_and_to_their_owner_only()
    {
        foreach (var name in new[] { "node-ca", "operator-ca", "server", "operator" })
        {
            var file = folder[$"out/{name}.key"];
            using var key = ECDsa.Create();
            key.ImportFromPem(await File.ReadAllTextAsync(file));
            using var certificate = Load(name);
            Assert.Equal(certificate.PublicKey.ExportSubjectPublicKeyInfo(), key.ExportSubjectPublicKeyInfo());
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    private async Task<int> MakeAsync()
    {
        await using var make = TestProcess.Start("bash", [RepositoryRoot.Full("certs/make"), folder["out"]]);
        return await make.WaitForExitAsync(deadline);
    }

    private X509Certificate2 Load(string name) =>
        X509CertificateLoader.LoadCertificateFromFile(folder[$"out/{name}.pem"]);

    private static void IsAuthority(X509Certificate2 certificate)
    {
        var constraints = Assert.Single(certificate.Extensions.OfType<X509BasicConstraintsExtension>());
        Assert.True(constraints is { Critical: true, CertificateAuthority: true, PathLengthConstraint: 0 });
        var usage = Assert.Single(certificate.Extensions.OfType<X509KeyUsageExtension>());
        Assert.True(usage.Critical);
        Assert.Equal(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, usage.KeyUsages);
        Assert.Equal(["2.5.29.14", "2.5.29.15", "2.5.29.19"], Oids(certificate));
    }

    private static void IsLeaf(X509Certificate2 leaf, X509Certificate2 issuer, string purpose, params string[] more)
    {
        var constraints = Assert.Single(leaf.Extensions.OfType<X509BasicConstraintsExtension>());
        Assert.True(constraints is { Critical: true, CertificateAuthority: false });
        var usage = Assert.Single(leaf.Extensions.OfType<X509KeyUsageExtension>());
        Assert.True(usage is { Critical: true, KeyUsages: X509KeyUsageFlags.DigitalSignature });
        var purposes = Assert.Single(leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>());
        Assert.Equal([purpose], purposes.EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.Value!));
        Assert.Equal(Order(["2.5.29.15", "2.5.29.19", "2.5.29.35", "2.5.29.37", .. more]), Oids(leaf));
        Assert.Equal("1.2.840.10045.4.3.2", leaf.SignatureAlgorithm.Value);
        Assert.True(leaf.SerialNumberBytes.Length <= 16 && leaf.SerialNumberBytes.Span[0] < 0x80);
        Assert.True(leaf.NotAfter - leaf.NotBefore <= TimeSpan.FromDays(30));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = leaf.NotBefore.AddMinutes(1);
        _ = chain.ChainPolicy.CustomTrustStore.Add(issuer);
        _ = chain.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
        Assert.True(chain.Build(leaf), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
    }

    private static IEnumerable<string> Oids(X509Certificate2 certificate) =>
        Order(certificate.Extensions.Select(extension => extension.Oid!.Value!));

    private static IEnumerable<string> Order(IEnumerable<string> oids) => oids.Order(StringComparer.Ordinal);
}
