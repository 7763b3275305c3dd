using System.Net;
using System.Security.Claims;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Identity.Authorities;
using Broker.Identity.Trust;
using Broker.Server.Authentication;
using Broker.Server.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Broker.Tests.Tls;

/// <summary>The scheme: results, events, claims, headers; rows J07 to J11 of the matrix.</summary>
public sealed class CertificateSchemeTest
{
    [Fact]
    public async Task Standing_counts_from_the_next_request_on()
    {
        await using var host = await GateHost.OpenAsync();
        using var client = host.Client(host.Witnessed());
        var uid = NodeUid.Parse("uid-n1");
        var node = NodeName.Parse("n1");
        Assert.Equal("Node n1 uid-n1 Active", await GetAsync(client, "/whoami"));
        host.Index.Apply(new NodeQuarantined(node, uid, null));
        Assert.Equal("Node n1 uid-n1 Quarantined", await GetAsync(client, "/whoami"));
        host.Index.Apply(new NodeFenced(node, uid, null));
        Assert.Equal("refused node_fenced", await GetAsync(client, "/whoami"));
        host.Index.Apply(new NodeReadmitted(node, uid, null));
        Assert.Equal("Node n1 uid-n1 Active", await GetAsync(client, "/whoami"));
    }

    [Fact]
    public async Task A_fresh_record_takes_effect_at_once_refusals_are_not_remembered()
    {
        await using var host = await GateHost.OpenAsync();
        var certificate = host.Node();
        using var client = host.Client(certificate);
        Assert.Equal("refused unwitnessed", await GetAsync(client, "/whoami"));
        host.Index.Apply(new NodeAdmitted(NodeName.Parse("n1"), NodeUid.Parse("u")));
        var hash = KeyHashes.OfCertificate(certificate.RawData);
        host.Index.Apply(new CertificateWitnessed(
            hash, CsrName.Parse("c"), NodeName.Parse("n1"), NodeUid.Parse("u"), KeyHashes.Of(certificate), "01",
            host.Authority.IssuerKey,
            Broker.Core.Time.Instant.From(GateHost.Start), Broker.Core.Time.Instant.From(GateHost.Start.AddDays(1))));
        Assert.Equal("Node n1 u Active", await GetAsync(client, "/whoami"));
    }

    [Fact]
    public async Task A_challenge_is_answered_with_403()
    {
        await using var host = await GateHost.OpenAsync();
        using var client = host.Client(host.Node());
        using var challenged = await client.GetAsync("/challenge", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, challenged.StatusCode);
        using var guarded = await client.GetAsync("/guarded", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, guarded.StatusCode);
    }

    [Fact]
    public async Task Events_may_fail_replace_and_answer()
    {
        var seen = new List<string>();
        await using var host = await GateHost.OpenAsync(new GateHostOptions
        {
            Scheme = options => options.Events = new CertificateAuthenticationEvents
            {
                OnCertificateValidated = context =>
                {
                    seen.Add($"validated {context.Caller.Name}");
                    context.Fail("not today");
                    return Task.CompletedTask;
                },
                OnAuthenticationFailed = context =>
                {
                    seen.Add(context.Exception.Message);
                    return Task.CompletedTask;
                },
                OnChallenge = context =>
                {
                    seen.Add("challenge");
                    context.Response.StatusCode = StatusCodes.Status418ImATeapot;
                    context.HandleResponse();
                    return Task.CompletedTask;
                },
            },
        });
        using var client = host.Client(host.Witnessed());
        Assert.Equal("nobody", await GetAsync(client, "/whoami"));
        using var challenged = await client.GetAsync("/challenge", TestContext.Current.CancellationToken);
        Assert.Equal(StatusCodes.Status418ImATeapot, (int)challenged.StatusCode);
        Assert.Equal("challenge", seen[^1]);
        Assert.Equal("validated n1", seen[0]);
        using var forger = host.Client(host.Node("n2"));
        Assert.Equal("refused unwitnessed", await GetAsync(forger, "/whoami"));
        Assert.StartsWith("unwitnessed: ", seen[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_have_the_types_of_the_original_and_a_SHA256_thumbprint()
    {
        await using var host = await GateHost.OpenAsync();
        var certificate = host.Witnessed();
        using var client = host.Client(certificate);
        var claims = (await GetAsync(client, "/claims")).Split('\n');
        Assert.Contains($"{ClaimTypes.Thumbprint}={KeyHashes.OfCertificate(certificate.RawData)}", claims);
        Assert.Contains($"{ClaimTypes.Name}=system:node:n1", claims);
        Assert.Contains($"{ClaimTypes.SerialNumber}={certificate.SerialNumber}", claims);
        Assert.Contains($"{ClaimTypes.X500DistinguishedName}={certificate.Subject}", claims);
        Assert.Contains($"issuer={certificate.Issuer}", claims);
        Assert.Contains($"{ClaimTypes.Role}=Node", claims);
        Assert.DoesNotContain(claims, claim => claim.StartsWith(ClaimTypes.Dns, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-Forwarded-Client-Cert")]
    [InlineData("X-Client-Cert")]
    [InlineData("X-ARR-ClientCert")]
    [InlineData("ssl-client-cert")]
    [InlineData("X-SSL-Client-Verify")]
    [InlineData("X-SSL-Client-S-DN")]
    [InlineData("Client-Cert")]
    public async Task J07_a_certificate_in_a_header_is_ignored_and_counted(string header)
    {
        await using var host = await GateHost.OpenAsync();
        var victim = host.Witnessed("victim");
        using var client = host.Client(host.Witnessed("n1"));
        client.DefaultRequestHeaders.Add(header, Convert.ToBase64String(victim.RawData));
        Assert.Equal("Node n1 uid-n1 Active", await GetAsync(client, "/whoami"));
        Assert.Equal(1, host.Headers.Count);
    }

    [Fact]
    public async Task J08_J09_plain_HTTP_with_a_certificate_header_is_nobody()
    {
        await using var host = await GateHost.OpenAsync(new GateHostOptions { Tls = false });
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("X-Client-Cert", Convert.ToBase64String(host.Witnessed().RawData));
        Assert.Equal("nobody", await GetAsync(client, "/whoami"));
        using var guarded = await client.GetAsync("/guarded", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, guarded.StatusCode);
    }

    [Fact]
    public async Task J09_plain_HTTP_to_the_TLS_port_gets_nothing()
    {
        await using var host = await GateHost.OpenAsync();
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(
            new Uri($"http://127.0.0.1:{host.Address.Port}/whoami"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Certificate_forwarding_refuses_to_start()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => GateHost.OpenAsync(
            new GateHostOptions { Services = services => services.AddCertificateForwarding(_ => { }) }));
        Assert.Contains("forwarding", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forwarding_middleware_without_options_changes_nobodys_identity()
    {
        await using var host = await GateHost.OpenAsync(
            new GateHostOptions { Pipeline = app => app.UseCertificateForwarding() });
        var victim = host.Witnessed("victim");
        using var client = host.Client(host.Witnessed("n1"));
        client.DefaultRequestHeaders.Add("X-Client-Cert", Convert.ToBase64String(victim.RawData));
        Assert.Equal("refused certificate_replaced", await GetAsync(client, "/whoami"));
    }

    [Fact]
    public void The_scheme_brings_no_data_protection_which_would_write_a_key_into_the_home_folder()
    {
        var services = new ServiceCollection();
        services.AddCertificateAuthentication();
        Assert.DoesNotContain(services, service =>
            service.ServiceType.FullName!.Contains("DataProtection", StringComparison.Ordinal));
    }

    [Fact]
    public async Task People_are_known_by_their_CA_and_organization()
    {
        using var people = CertificateAuthority.Create("people CA", GateHost.Start, TimeSpan.FromDays(3650));
        await using var host = await GateHost.OpenAsync(new GateHostOptions
        {
            Purpose = AnchorPurpose.People,
            Anchors = people.AsAnchors(AnchorPurpose.People),
            Limits = ConnectionLimits.People,
        });
        using var ana = PersonCertificateIssuer.Issue(
            people, CallerRole.Operator, "ana", GateHost.Start, TimeSpan.FromDays(1));
        using var client = host.Client(ana);
        Assert.Equal("Operator ana", (await GetAsync(client, "/whoami")).Trim());
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:8443", true)]
    [InlineData("127.0.0.1:8443", true)]
    [InlineData("127.0.0.2", false)]
    [InlineData("[::1]:8443", false)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("", false)]
    public async Task J11_only_the_names_of_the_serving_certificate_are_answered(string authority, bool allowed)
    {
        await using var host = await GateHost.OpenAsync();
        Assert.Equal(allowed, new ServerNames(host.ServerCertificate).Allows(new HostString(authority)));
    }

    private static Task<string> GetAsync(HttpClient client, string path) =>
        client.GetStringAsync(path, TestContext.Current.CancellationToken);
}
