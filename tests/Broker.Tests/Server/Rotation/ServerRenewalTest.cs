using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Authorities;
using Broker.Server.Options;
using Broker.Server.Rotation;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Server.Rotation;

public sealed class ServerRenewalTest : IDisposable
{
    private static readonly DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(start);
    private readonly CertificateAuthority _authority;
    private readonly PkiPaths _paths;

    public ServerRenewalTest()
    {
        _authority = CertificateAuthority.Create("broker CA", start, TimeSpan.FromDays(1000));
        _paths = new PkiPaths(
            _folder["server.crt"], _folder["server.key"], _folder["ca.crt"], _folder["ca.key"], "", "", "", 5);
        _authority.Save(_paths.BrokerCa, _paths.BrokerCaKey!);
        using var first = Issue(_authority);
        KeyFiles.Write(first, _paths.ServerCertificate, _paths.ServerKey);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void It_is_renewed_at_its_share_of_the_lifetime_with_the_same_names_and_a_new_key()
    {
        using var old = Served();
        _time.SetUtcNow(start + TimeSpan.FromDays(79));
        Assert.False(Renew(old));

        _time.SetUtcNow(start + TimeSpan.FromDays(81));
        Assert.True(Renew(old));

        using var fresh = Served();
        var names = Assert.Single(fresh.Extensions.OfType<X509SubjectAlternativeNameExtension>());
        Assert.Equal(["broker.test"], names.EnumerateDnsNames());
        Assert.Equal(["192.0.2.1"], names.EnumerateIPAddresses().Select(address => address.ToString()));
        Assert.NotEqual(old.GetPublicKeyString(), fresh.GetPublicKeyString());
        Assert.Equal(old.NotAfter - old.NotBefore, fresh.NotAfter - fresh.NotBefore);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_paths.ServerKey));
        Assert.False(Renew(fresh));
    }

    [Fact]
    public void The_share_is_between_70_and_90_percent() =>
        Assert.All(Enumerable.Range(0, 100), _ => Assert.InRange(ServerRenewal.DrawShare(), 0.7, 0.9));

    [Fact]
    public void Without_the_key_of_the_CA_or_under_another_CA_it_stays()
    {
        _time.SetUtcNow(start + TimeSpan.FromDays(99));
        using var other = CertificateAuthority.Create("another CA", start, TimeSpan.FromDays(1000));
        using var foreign = Issue(other);
        Assert.False(Renew(foreign));

        File.Delete(_paths.BrokerCaKey!);
        using var own = Served();
        Assert.False(Renew(own));
    }

    [Fact]
    public void One_that_ends_with_its_CA_is_not_renewed_again_and_again()
    {
        using var ending = ServerCertificateIssuer.Issue(
            _authority, ["broker.test"], [], start + TimeSpan.FromDays(950), TimeSpan.FromDays(100));
        _time.SetUtcNow(start + TimeSpan.FromDays(999));

        Assert.False(Renew(ending));
    }

    [Fact]
    public async Task A_crash_between_the_two_moves_is_mended_at_the_next_start()
    {
        await using var broker = await TestBroker.StartAsync();
        await broker.StopAsync();
        var files = new PkiFiles(broker);
        var fresh = files.NewServer(broker.LoadAuthority("broker-ca"), TimeProvider.System.GetUtcNow());
        files.WriteKey("server.key", fresh);
        files.Write("server.crt.next", fresh.ExportCertificatePem());

        await broker.StartAgainAsync();

        Assert.False(File.Exists(files["server.crt.next"]));
        Assert.Equal(fresh.ExportCertificatePem(), files.Read("server.crt").Trim());
    }

    [Fact]
    public async Task A_broker_renews_its_own_certificate_and_serves_the_new_one()
    {
        await using var broker = await TestBroker.StartAsync();
        var files = new PkiFiles(broker);
        var due = files.NewServer(
            broker.LoadAuthority("broker-ca"), TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(29));
        files.WriteKey("server.key", due);
        files.Write("server.crt", due.ExportCertificatePem());
        files.Look(); // The due one is taken up.
        files.Look(); // And renewed.

        using var served = X509CertificateLoader.LoadCertificateFromFile(files["server.crt"]);
        Assert.NotEqual(due.Thumbprint, served.Thumbprint);
        Assert.True(served.NotAfter.ToUniversalTime() > TimeProvider.System.GetUtcNow().AddDays(20).UtcDateTime);
        Assert.Equal("200", (await broker.Raw(TestListener.People, broker.OperatorCertificate)
            .SendAsync("GET", "/v1/pools")).Outcome);
    }

    private bool Renew(X509Certificate2 served) => new ServerRenewal(_paths, _time, 0.8).RenewIfDue(served);

    private X509Certificate2 Served() => X509CertificateLoader.LoadCertificateFromFile(_paths.ServerCertificate);

    private static X509Certificate2 Issue(CertificateAuthority authority) => ServerCertificateIssuer.Issue(
        authority, ["broker.test"], [System.Net.IPAddress.Parse("192.0.2.1")], start, TimeSpan.FromDays(100));
}
