using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Core.Names;
using Broker.Server.Enrolment;
using Broker.Server.Tls;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Broker.Tests.Server.Flows;

/// <summary>What callers who hold little may not do: fill the store, the journal, the log or the queue.</summary>
public sealed class FloodTest : IAsyncLifetime
{
    private TestBroker _broker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _broker = await TestBroker.StartAsync();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task A_request_that_is_refused_or_held_leaves_nothing_in_the_store()
    {
        var token = await _broker.IssueTokenAsync();
        await _broker.NewNode("flood-spent").EnrolAsync(token);
        var spent = _broker.NewNode("flood-spent").SigningRequest();
        var held = _broker.NewNode("flood-spent").SigningRequest();

        var refused = await _broker.Enrol.EnrolAsync(token, spent, Cancellation);
        var pending = (await _broker.Enrol.EnrolAsync(await _broker.IssueTokenAsync(), held, Cancellation)).OrThrow();

        Assert.Equal("token_used", refused.Problem!.Code);
        Assert.Equal("pending", pending.Status);
        Assert.False(await IsStoredAsync(spent));
        Assert.False(await IsStoredAsync(held));
    }

    [Fact]
    public async Task A_node_renews_so_often_and_no_oftener()
    {
        var node = await _broker.EnrolNodeAsync("flood-renew");
        for (var i = 0; i < CsrFlow.RenewalsPerHourMax; i++)
        {
            _ = (await node.Api.RenewAsync(node.WithNewKey().SigningRequest(), Cancellation)).OrThrow();
        }

        var last = node.WithNewKey().SigningRequest();
        var refused = await node.Api.RenewAsync(last, Cancellation);

        Assert.Equal("rate_limited", refused.Problem!.Code);
        Assert.Equal((int)HttpStatusCode.TooManyRequests, refused.Problem.Status);
        Assert.NotNull(refused.Problem.RetryAfterSeconds);
        Assert.False(await IsStoredAsync(last));
    }

    [Fact]
    public async Task A_second_attempt_on_a_name_sounds_the_alarm_again()
    {
        _ = await _broker.EnrolNodeAsync("flood-alarm");
        var before = await AlarmsAsync();
        foreach (var token in new[] { await _broker.IssueTokenAsync(), await _broker.IssueTokenAsync() })
        {
            var thief = _broker.NewNode("flood-alarm").SigningRequest();
            _ = (await _broker.Enrol.EnrolAsync(token, thief, Cancellation)).OrThrow();
        }

        Assert.Equal(before + 2, await AlarmsAsync());
    }

    [Fact]
    public async Task A_caller_who_goes_in_mid_body_is_no_fault_in_the_log()
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = ChainOf(_broker),
            },
        })
        {
            BaseAddress = _broker.AddressOf(TestListener.Enrol),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/enrol")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new BrokenContent(),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await _broker.IssueTokenAsync()}");

        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.SendAsync(request, Cancellation));

        // The next call has passed through the same listener, so the broken one has been dealt with or will be soon.
        _ = await _broker.EnrolNodeAsync("flood-body");
        Assert.Empty(_broker.Log.Errors);
    }

    [Fact]
    public async Task A_refused_handshake_is_counted_and_told()
    {
        using var stranger = CertificateMaker.SelfSigned();
        var refusals = _broker.Host.Services.GetRequiredService<HandshakeRefusals>();
        using var connection = new TcpClient();
        var address = _broker.AddressOf(TestListener.Node);
        await connection.ConnectAsync(address.Host, address.Port, Cancellation);
        await using var tls = new SslStream(connection.GetStream());

        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    ClientCertificates = [stranger],
                    CertificateChainPolicy = ChainOf(_broker),
                },
                Cancellation);
            Assert.Equal(0, await tls.ReadAsync(new byte[1], Cancellation));
        }
        catch (Exception error) when (error is IOException or AuthenticationException)
        {
            Assert.NotNull(error.Message); // With TLS 1.3 the client learns of it when it reads, with 1.2 at once.
        }

        await Eventually.HoldsAsync(
            "the refusal is counted",
            () => Task.FromResult(refusals.CountOf("untrusted") + refusals.CountOf("self_signed") > 0),
            TimeSpan.FromSeconds(20));
    }

    private static X509ChainPolicy ChainOf(TestBroker broker)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(broker.Anchors);
        return policy;
    }

    private async Task<bool> IsStoredAsync(string csr)
    {
        var body = string.Concat(csr.Split('\n').Where(line => !line.StartsWith('-')));
        var hash = BlobHash.Parse(Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(body))));
        return await _broker.Host.Writer.Store.GetBlobAsync(hash, Cancellation) is not null;
    }

    private async Task<int> AlarmsAsync()
    {
        var size = (await _broker.Operator.WhoAmIAsync(Cancellation)).OrThrow().Ledger.Size;
        var alarms = 0;
        await foreach (var item in _broker.Operator.Events(-1).ReadAsync(Cancellation))
        {
            alarms += item.Type == "alarm.raised" ? 1 : 0;
            if (item.Position == size - 1)
            {
                break;
            }
        }

        return alarms;
    }

    private sealed class BrokenContent : HttpContent
    {
        public BrokenContent() => Headers.ContentType = new("application/json");

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("{\"csr\": \"half"u8.ToArray());
            await stream.FlushAsync();
            throw new IOException("The caller goes.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private static class CertificateMaker
    {
        public static X509Certificate2 SelfSigned()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest(
                "O=system:nodes, CN=system:node:stranger", key, HashAlgorithmName.SHA256);
            var now = TimeProvider.System.GetUtcNow();
            return request.CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
        }
    }
}
