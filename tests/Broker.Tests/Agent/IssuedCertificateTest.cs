using System.Security.Cryptography;
using Broker.Agent.Certificates;
using Broker.Agent.Hosting;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Agent;

public sealed class IssuedCertificateTest
{
    private static readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void What_was_asked_for_is_taken_and_read_back()
    {
        var issued = Take(AgentCertificates.Sign(key));

        Assert.True(issued.Certificate.HasPrivateKey);
        var again = IssuedCertificate.Read(issued.Pem, "the file");
        Assert.Equal(issued.Certificate.RawData, again.Certificate.RawData);
        Assert.Null(again.WrongFor(AgentCertificates.NodeName, AgentCertificates.Now));
    }

    [Fact]
    public void The_order_of_the_subject_is_the_signers()
    {
        var pem = AgentCertificates.Sign(key, draft => draft.Subject = RawName.Of(
            RawName.Rdn(RawName.Cn, "system:node:n1"), RawName.Rdn(RawName.O, "system:nodes")));

        Assert.NotNull(Take(pem));
    }

    [Fact]
    public void A_certificate_for_another_key_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Refused(AgentCertificates.Sign(other));
    }

    [Fact]
    public void A_certificate_of_another_node_is_refused() =>
        Refused(AgentCertificates.Sign(key, draft => draft.Subject = RawName.Node("n2")));

    [Fact]
    public void A_certificate_with_one_more_part_in_its_subject_is_refused() =>
        Refused(AgentCertificates.Sign(key, draft => draft.Subject = RawName.Of(
            RawName.Rdn(RawName.O, "system:nodes"),
            RawName.Rdn(RawName.O, "system:masters"),
            RawName.Rdn(RawName.Cn, "system:node:n1"))));

    [Fact]
    public void A_certificate_for_servers_is_refused() =>
        Refused(AgentCertificates.Sign(key, draft => draft.With(
            RawExtension.ExtendedKeyUsage, RawExtension.ExtendedUsage(false, RawExtension.ServerAuth))));

    [Fact]
    public void A_fresh_certificate_that_has_expired_here_says_that_this_clock_is_wrong()
    {
        var pem = AgentCertificates.Sign(key, draft => draft.NotAfter = AgentCertificates.Now);

        Assert.Equal("clock_wrong", Assert.Throws<AgentFailureException>(() => Take(pem)).Code);
    }

    [Fact]
    public void What_is_no_certificate_is_refused() => Refused("not PEM");

    private static IssuedCertificate Take(string pem) =>
        IssuedCertificate.Of(pem, key, AgentCertificates.NodeName, AgentCertificates.Now);

    private static void Refused(string pem) =>
        Assert.Equal("certificate_wrong", Assert.Throws<AgentFailureException>(() => Take(pem)).Code);
}
