using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Authorities;
using Broker.Identity.Certificates;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Broker.Identity.Witness;
using Broker.Server.Authentication;
using Broker.Server.Tls;
using Xunit;

namespace Broker.Tests.Tls;

/// <summary>What is remembered of a connection, and what is not.</summary>
public sealed class CallerResolverTest : IDisposable
{
    private static readonly TimeSpan day = TimeSpan.FromDays(1);
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly CertificateAuthority _authority;
    private readonly X509Certificate2 _certificate;

    public CallerResolverTest()
    {
        _authority = CertificateAuthority.Create("test CA", _now, day);
        _certificate = Issue();
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public void The_certificate_of_the_connection_is_its_caller()
    {
        var (caller, refusal) = Resolve(_certificate, Examined());

        Assert.Null(refusal);
        Assert.Equal((CallerRole.Operator, "ann"), (caller!.Role, caller.Name));
    }

    [Fact]
    public void Another_certificate_of_the_same_holder_is_refused_on_it()
    {
        using var other = Issue();

        var (caller, refusal) = Resolve(other, Examined());

        Assert.Null(caller);
        Assert.Equal(ReasonCodes.CertificateReplaced, refusal!.Code);
    }

    [Fact]
    public void A_certificate_with_one_more_byte_is_another_one()
    {
        var (caller, refusal) = Resolve(
            _certificate, Examined() with { Der = (byte[])[.. _certificate.RawData, 0] });

        Assert.Null(caller);
        Assert.Equal(ReasonCodes.CertificateReplaced, refusal!.Code);
    }

    [Fact]
    public void What_one_request_makes_of_its_claims_is_not_in_the_next()
    {
        var examined = Examined();
        var first = CertificateClaims.Principal(_certificate, examined, "issuer", "Certificate");
        var before = first.Claims.Select(claim => claim.ToString()).ToList();

        first.Identities.Single().AddClaim(new Claim(ClaimTypes.Role, "Auditor"));
        first.Claims.First().Properties["seen"] = "yes";
        var second = CertificateClaims.Principal(_certificate, examined, "issuer", "Certificate");

        Assert.Equal(before, second.Claims.Select(claim => claim.ToString()));
        Assert.All(second.Claims, claim => Assert.Empty(claim.Properties));
    }

    private X509Certificate2 Issue() =>
        PersonCertificateIssuer.Issue(_authority, CallerRole.Operator, "ann", _now, day);

    private (Caller? Caller, CallerRefusal? Refusal) Resolve(X509Certificate2 shown, ExaminedConnection examined) =>
        new CallerResolver(new IdentityIndex(), TimeProvider.System).Resolve(shown, examined);

    private ExaminedConnection Examined()
    {
        var pem = _authority.Certificate.ExportCertificatePem();
        var anchors = TrustAnchors.Load(AnchorPurpose.People, pem, _now).Anchors!;
        var examined = new ExaminedCertificate(
            CallerRole.Operator, "ann", null, null, KeyHashes.OfCertificate(_certificate.RawData),
            KeyHashes.Of(_certificate), "01", _authority.IssuerKey, _authority.IssuerKey,
            _now, _now + day, _now + day);
        return new ExaminedConnection(examined, AnchorPurpose.People, _certificate.RawData, [], () => anchors);
    }
}
