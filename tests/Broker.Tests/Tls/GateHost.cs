using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Identity.Authorities;
using Broker.Identity.Certificates;
using Broker.Identity.Csr;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Broker.Identity.Witness;
using Broker.Server.Authentication;
using Broker.Server.Tls;
using Broker.Testing.Pki;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Tls;

/// <summary>
/// A real Kestrel with the gate, the registry and the scheme on loopback; the clock starts at the real time and then
/// stands still until a test moves it.
/// </summary>
internal sealed class GateHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<X509Certificate2> certificates = [];

    private GateHost(WebApplication app) => this.app = app;

    internal static DateTimeOffset Start { get; } =
        DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    internal required FakeTimeProvider Clock { get; init; }

    internal required IdentityIndex Index { get; init; }

    internal required ConnectionRegistry Registry { get; init; }

    internal required CertificateAuthority Authority { get; init; }

    internal required X509Certificate2 ServerCertificate { get; init; }

    internal required IReadOnlyList<IdentityRefusal> Refusals { get; init; }

    internal CertificateHeaders Headers => app.Services.GetRequiredService<CertificateHeaders>();

    internal Uri Address => new(
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    internal static async Task<GateHost> OpenAsync(GateHostOptions? options = null)
    {
        options ??= new GateHostOptions();
        var clock = new FakeTimeProvider(Start);
        var index = new IdentityIndex();
        var authority = CertificateAuthority.Create("nodes CA", Start, TimeSpan.FromDays(3650));
        var server = ServerCertificateIssuer.Issue(
            authority, ["localhost"], [IPAddress.Loopback], Start, TimeSpan.FromDays(365));
        var context = TlsGate.CreateServerContext(server);
        var registry = new ConnectionRegistry(clock, index);
        var refusals = new List<IdentityRefusal>();
        var anchors = options.Anchors ?? authority.AsAnchors(options.Purpose);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton(index);
        builder.Services.AddCertificateAuthentication(options.Scheme);
        builder.Services.AddAuthorization();
        options.Services?.Invoke(builder.Services);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener =>
        {
            if (options.Tls)
            {
                listener.UseHttps(https => TlsGate.Configure(https, () => context, () => anchors, new TlsGateSettings
                {
                    Clock = clock,
                    HandshakeTimeout = options.HandshakeTimeout,
                    Refused = refusal =>
                    {
                        lock (refusals)
                        {
                            refusals.Add(refusal);
                        }
                    },
                }));
            }

            registry.Attach(listener, options.Limits);
        }));
        var app = builder.Build();
        options.Pipeline?.Invoke(app);
        app.UseAuthentication();
        app.UseAuthorization();
        Map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new GateHost(app)
        {
            Clock = clock,
            Index = index,
            Registry = registry,
            Authority = authority,
            ServerCertificate = server,
            Refusals = refusals,
        };
    }

    /// <summary>A node's certificate with its key, asked for and signed as in the product.</summary>
    internal X509Certificate2 Node(string name = "n1", TimeSpan? lifetime = null)
    {
        var key = TestKey.Ec();
        var csr = CsrExaminer.Examine(RawRequest.Of(RawName.Node(name), key)).Csr!;
        using var bare = NodeCertificateSigner.Sign(
            csr, Authority, Clock.GetUtcNow(), lifetime ?? TimeSpan.FromDays(1));
        var certificate = bare.CopyWithPrivateKey((System.Security.Cryptography.ECDsa)key.Algorithm);
        certificates.Add(certificate);
        return certificate;
    }

    /// <summary>Puts a node's certificate on record and admits the node.</summary>
    internal X509Certificate2 Witnessed(string name = "n1", TimeSpan? lifetime = null)
    {
        var certificate = Node(name, lifetime);
        var examiner = new CertificateExaminer(
            Authority.AsAnchors(AnchorPurpose.Nodes), ExaminerSettings.Default);
        var c = examiner.Examine(certificate, [], Clock.GetUtcNow()).Certificate!;
        var node = NodeName.Parse(name);
        var uid = NodeUid.Parse("uid-" + name);
        Index.Apply(new NodeAdmitted(node, uid));
        Index.Apply(new CertificateWitnessed(
            c.Hash, CsrName.Parse("csr-" + name), node, uid, c.Key, c.Serial, c.IssuerKey,
            Instant.From(c.NotBefore), Instant.From(c.NotAfter)));
        return certificate;
    }

    internal X509ChainPolicy ServerTrust()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(Authority.Certificate.RawData));
        return policy;
    }

    internal SslClientAuthenticationOptions ClientOptions(
        X509Certificate2? certificate,
        X509Certificate2Collection? intermediates = null,
        SslProtocols protocols = SslProtocols.None) => new()
        {
            TargetHost = "localhost",
            CertificateChainPolicy = ServerTrust(),
            EnabledSslProtocols = protocols,
            ClientCertificateContext = certificate is null
                ? null
                : SslStreamCertificateContext.Create(certificate, intermediates, offline: true),
        };

    /// <summary>A client that holds one connection, HTTP/2 unless told otherwise.</summary>
    internal HttpClient Client(X509Certificate2? certificate, Version? version = null)
    {
        var handler = new SocketsHttpHandler { SslOptions = ClientOptions(certificate), UseProxy = false };
        return new HttpClient(handler)
        {
            BaseAddress = Address,
            DefaultRequestVersion = version ?? HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificates.ForEach(certificate => certificate.Dispose());
        Authority.Dispose();
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/whoami", (HttpContext context) =>
            context.Features.Get<Caller>() is { } caller
                ? $"{caller.Role} {caller.Name} {caller.NodeUid} {caller.Standing}"
                : context.Features.Get<CallerRefusal>() is { } refusal ? $"refused {refusal.Code}" : "nobody");
        app.MapGet("/challenge", (HttpContext context) => context.ChallengeAsync());
        app.MapGet("/guarded", () => "in").RequireAuthorization();
        app.MapGet("/claims", (HttpContext context) => string.Join(
            '\n', context.User.Claims.Select(claim => $"{claim.Type}={claim.Value}")));
        app.MapGet("/intermediates", (HttpContext context) =>
            context.Features.Get<ExaminedConnection>()?.Intermediates.Count.ToString(
                System.Globalization.CultureInfo.InvariantCulture) ?? "none");
        app.MapGet("/connection", (HttpContext context) =>
            context.Features.Get<ITlsHandshakeFeature>()?.Protocol.ToString() ?? "plain");
        app.MapGet("/stream", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("open\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
    }
}
