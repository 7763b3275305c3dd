using System.Security.Cryptography;
using Broker.Agent.Certificates;
using Broker.Agent.Hosting;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Agent;

public sealed class CertificateFileTest
{
    [Fact]
    public void It_is_for_its_owner_only_and_a_new_one_takes_its_place()
    {
        using var folder = new TempFolder();
        var file = new CertificateFile(folder["pki/node.pem"]);
        var (first, second) = (Issue(), Issue());

        file.Store(first);
        file.Store(second);

        Assert.Equal(second.Pem, file.Load()!.Pem);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Path));
        Assert.Equal([file.Path], Directory.EnumerateFiles(folder["pki"]));
    }

    [Fact]
    public void No_file_is_no_certificate_and_another_file_is_an_error()
    {
        using var folder = new TempFolder();

        Assert.Null(new CertificateFile(folder["none.pem"]).Load());
        var other = new CertificateFile(folder.Write("other.pem", "something of somebody"));
        Assert.Equal("certificate_wrong", Assert.Throws<AgentFailureException>(other.Load).Code);
    }

    [Fact]
    public void Where_it_cannot_be_written_the_error_says_so_and_nothing_is_left()
    {
        using var folder = new TempFolder();
        _ = Directory.CreateDirectory(folder["node.pem"]);

        var file = new CertificateFile(folder["node.pem"]);
        var failure = Assert.Throws<AgentFailureException>(() => file.Store(Issue()));

        Assert.Equal("certificate_file_unwritable", failure.Code);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    private static IssuedCertificate Issue()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return IssuedCertificate.Of(
            AgentCertificates.Sign(key), key, AgentCertificates.NodeName, AgentCertificates.Now);
    }
}
