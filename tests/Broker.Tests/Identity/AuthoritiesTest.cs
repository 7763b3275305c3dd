using System.Net;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Authorities;
using Broker.Identity.Certificates;
using Broker.Identity.Csr;
using Broker.Identity.Der;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Identity;

/// <summary>What the broker's own CAs issue, and how their keys are kept.</summary>
public sealed class AuthoritiesTest
{
    private static readonly CertificateAuthority Nodes =
        CertificateAuthority.Create("nodes CA", MatrixPki.Now, TimeSpan.FromDays(3650));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_node_certificate_has_exactly_the_shape_of_the_Kubernetes_signer(bool rsa)
    {
        using var leaf = NodeCertificateSigner.Sign(Request(rsa), Nodes, MatrixPki.Now, TimeSpan.FromDays(30));
        var der = DerCertificate.Read(leaf.RawData);
        Assert.Equal(3, der.Version);
        Assert.True(der.Serial.Sign > 0 && der.SerialOctets <= 17);
        Assert.Equal(
            [Oids.KeyUsage, Oids.ExtendedKeyUsage, Oids.BasicConstraints, Oids.AuthorityKeyIdentifier],
            der.Extensions.Select(extension => extension.Oid));
        Assert.Equal([true, false, true, false], der.Extensions.Select(extension => extension.Critical));
        Assert.Equal(rsa ? 0b101 : 0b1, DerExtensions.ReadKeyUsage(der.Find(Oids.KeyUsage)!.Value));
        Assert.Equal(
            [Oids.ClientAuth], DerExtensions.ReadExtendedKeyUsage(der.Find(Oids.ExtendedKeyUsage)!.Value));
        Assert.Equal(
            RawName.Of(
                RawDer.Set(RawName.Attribute(RawName.O, RawDer.Printable("system:nodes"))),
                RawDer.Set(RawName.Attribute(RawName.Cn, RawDer.Printable("system:node:n1")))),
            der.Subject.ToArray());
        Assert.False(leaf.HasPrivateKey);
    }

    [Theory]
    [InlineData(24 * 3600, (24 * 3600) - 300)]
    [InlineData(8 * 3600, (8 * 3600) - 300)]
    [InlineData((8 * 3600) - 1, (8 * 3600) - 1)]
    [InlineData(600, 600)]
    public void Validity_follows_the_Kubernetes_signer(int lifetimeSeconds, int endSeconds)
    {
        using var leaf = NodeCertificateSigner.Sign(
            Request(), Nodes, MatrixPki.Now, TimeSpan.FromSeconds(lifetimeSeconds));
        Assert.Equal(MatrixPki.Now.AddMinutes(-5).UtcDateTime, leaf.NotBefore.ToUniversalTime());
        Assert.Equal(MatrixPki.Now.AddSeconds(endSeconds).UtcDateTime, leaf.NotAfter.ToUniversalTime());
    }

    [Fact]
    public void No_certificate_outlives_its_CA()
    {
        using var brief = CertificateAuthority.Create("brief CA", MatrixPki.Now, TimeSpan.FromDays(2));
        using var leaf = NodeCertificateSigner.Sign(Request(), brief, MatrixPki.Now, TimeSpan.FromDays(30));
        Assert.Equal(brief.NotAfter.UtcDateTime, leaf.NotAfter.ToUniversalTime());
    }

    [Fact]
    public void A_CA_that_has_ended_signs_nothing()
    {
        using var brief = CertificateAuthority.Create("brief CA", MatrixPki.Now, TimeSpan.FromDays(2));
        var error = Assert.Throws<InvalidOperationException>(() =>
            NodeCertificateSigner.Sign(Request(), brief, MatrixPki.Now.AddDays(3), TimeSpan.FromDays(30)));
        Assert.Contains("ended", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Requested_extensions_are_dropped()
    {
        var der = RawRequest.Of(
            RawName.Node("n1"),
            TestKey.Ec(),
            extensions: [RawExtension.Constraints(true), RawExtension.Usage(true, 5)]);
        using var leaf = NodeCertificateSigner.Sign(
            CsrExaminer.Examine(der).Csr!, Nodes, MatrixPki.Now, TimeSpan.FromDays(1));
        Assert.DoesNotContain(
            leaf.Extensions.OfType<X509BasicConstraintsExtension>(), extension => extension.CertificateAuthority);
    }

    [Fact]
    public void The_CA_certificate_is_a_good_anchor()
    {
        var load = TrustAnchors.Load(AnchorPurpose.Nodes, Nodes.CertificatePem, MatrixPki.Now);
        Assert.True(load.IsGood, string.Join("; ", load.Faults));
        var constraints = Nodes.Certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        Assert.True(constraints is { Critical: true, CertificateAuthority: true, PathLengthConstraint: 0 });
        Assert.NotNull(Nodes.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().SingleOrDefault());
    }

    [Fact]
    public void A_person_certificate_makes_that_person_and_has_its_key()
    {
        using var people = CertificateAuthority.Create("people CA", MatrixPki.Now, TimeSpan.FromDays(3650));
        using var ana = PersonCertificateIssuer.Issue(
            people, CallerRole.Auditor, "ana", MatrixPki.Now, TimeSpan.FromDays(90));
        var examiner = new CertificateExaminer(people.AsAnchors(AnchorPurpose.People), ExaminerSettings.Default);
        var result = examiner.Examine(ana, [], MatrixPki.Now);
        Assert.Equal((CallerRole.Auditor, "ana"), (result.Certificate?.Role, result.Certificate?.Name));
        Assert.True(ana.HasPrivateKey);
        Assert.Throws<ArgumentException>(() => PersonCertificateIssuer.Issue(
            people, CallerRole.Node, "ana", MatrixPki.Now, TimeSpan.FromDays(90)));
        Assert.Throws<ArgumentException>(() => PersonCertificateIssuer.Issue(
            people, CallerRole.Operator, "a b", MatrixPki.Now, TimeSpan.FromDays(90)));
    }

    [Fact]
    public void A_server_certificate_serves_and_never_calls()
    {
        using var server = ServerCertificateIssuer.Issue(
            Nodes, ["broker.example"], [IPAddress.Loopback], MatrixPki.Now, TimeSpan.FromDays(90));
        Assert.True(server.MatchesHostname("broker.example"));
        Assert.True(server.MatchesHostname("127.0.0.1"));
        var examiner = new CertificateExaminer(Nodes.AsAnchors(AnchorPurpose.Nodes), ExaminerSettings.Default);
        Assert.Equal(ReasonCodes.Eku, examiner.Examine(server, [], MatrixPki.Now).Refusal?.Code);
    }

    [Fact]
    public void A_CA_is_written_for_its_owner_alone_and_read_back()
    {
        using var folder = new TemporaryFolder();
        Nodes.Save(folder.File("ca.crt"), folder.File("ca.key"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("ca.key")));
        var load = CertificateAuthority.Load(folder.File("ca.crt"), folder.File("ca.key"), MatrixPki.Now);
        Assert.True(load.IsLoaded, load.Refusal?.ToString());
        using var leaf = NodeCertificateSigner.Sign(
            Request(), load.Authority, MatrixPki.Now, TimeSpan.FromDays(1));
        Assert.Equal(Nodes.IssuerKey, load.Authority.IssuerKey);
        Assert.Throws<IOException>(() => Nodes.Save(folder.File("ca.crt"), folder.File("ca.key")));
    }

    [Fact]
    public void A_CA_that_cannot_be_used_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        Nodes.Save(folder.File("ca.crt"), folder.File("ca.key"));
        using var other = CertificateAuthority.Create("other CA", MatrixPki.Now, TimeSpan.FromDays(10));
        other.Save(folder.File("other.crt"), folder.File("other.key"));

        Assert.Equal(ReasonCodes.KeyMismatch, Load(folder, "ca.crt", "other.key"));
        Assert.Equal(ReasonCodes.PrivateKey, Load(folder, "ca.key", "ca.key"));
        Assert.Equal(ReasonCodes.Malformed, Load(folder, "ca.crt", "absent.key"));
        Assert.Equal(ReasonCodes.Malformed, Load(folder, "absent.crt", "ca.key"));
        Assert.Equal(ReasonCodes.CaValidity, CertificateAuthority.Load(
            folder.File("other.crt"), folder.File("other.key"), MatrixPki.Now.AddDays(11)).Refusal?.Code);
        File.SetUnixFileMode(
            folder.File("ca.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Equal(ReasonCodes.KeyFileMode, Load(folder, "ca.crt", "ca.key"));
    }

    private static string? Load(TemporaryFolder folder, string certificate, string key) =>
        CertificateAuthority.Load(folder.File(certificate), folder.File(key), MatrixPki.Now).Refusal?.Code;

    private static ExaminedCsr Request(bool rsa = false) =>
        CsrExaminer.Examine(RawRequest.Of(RawName.Node("n1"), rsa ? TestKey.Rsa() : TestKey.Ec())).Csr!;

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly string path = Directory.CreateTempSubdirectory("broker-test-").FullName;

        public void Dispose() => Directory.Delete(path, recursive: true);

        internal string File(string name) => Path.Combine(path, name);
    }
}
