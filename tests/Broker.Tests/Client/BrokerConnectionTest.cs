using System.Net;
using System.Security.Cryptography.X509Certificates;
using Broker.Client;
using Broker.Identity.Authorities;
using Broker.Testing.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Broker.Tests.Client;

public sealed class BrokerConnectionTest : IAsyncLifetime
{
    private readonly CertificateAuthority _authority = CertificateAuthority.Create(
        "test CA", TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));

    private WebApplication _server = null!;
    private RequestDelegate _answer = _ => Task.CompletedTask;
    private X509Certificate2 _certificate = null!;
    private Uri _address = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _certificate = ServerCertificateIssuer.Issue(
            _authority, [], [IPAddress.Loopback], TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(9));
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        var port = FreePort.Take();
        _ = builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback,
            port,
            listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                _ = listen.UseHttps(_certificate);
            }));
        _server = builder.Build();
        _server.Run(context => _answer(context));
        await _server.StartAsync(Cancellation);
        _address = new Uri($"https://127.0.0.1:{port}");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Where_nobody_listens_the_address_and_the_reason_are_told()
    {
        using var connection = Connect(new Uri($"https://127.0.0.1:{FreePort.Take()}"), _authority);

        var error = await Assert.ThrowsAsync<BrokerUnreachableException>(() => AskAsync(connection));

        Assert.Contains(error.Endpoint.Authority, error.Message, StringComparison.Ordinal);
        Assert.Contains("refused", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_another_CA_is_not_believed()
    {
        using var other = CertificateAuthority.Create(
            "another CA", TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        using var connection = Connect(_address, other);

        var error = await Assert.ThrowsAsync<BrokerUnreachableException>(() => AskAsync(connection));

        Assert.Contains("certificate", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(200, "text/html", "<html>")]
    [InlineData(200, "application/json", "not json")]
    [InlineData(200, "application/json", "null")]
    [InlineData(200, "application/json", "{}")]
    [InlineData(204, null, "")]
    [InlineData(302, "text/html", "moved")]
    [InlineData(502, "text/html", "bad gateway")]
    [InlineData(502, "application/problem+json", "not json")]
    [InlineData(502, "application/problem+json", "{}")]
    public async Task What_is_not_the_brokers_answer_is_a_problem_that_says_so(int status, string? type, string body)
    {
        using var connection = Connect(_address, _authority);
        _answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body);
        };

        var problem = (await new NodeApi(connection).WhoAmIAsync(Cancellation)).Problem;

        Assert.Equal(("not_the_broker", status), (problem!.Code, problem.Status));
        Assert.NotEmpty(problem.Next);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_midst_is_no_answer()
    {
        using var connection = Connect(_address, _authority);
        _answer = async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };

        _ = await Assert.ThrowsAsync<BrokerUnreachableException>(() => AskAsync(connection));
    }

    [Fact]
    public async Task A_stream_that_breaks_tells_so_after_what_came_whole()
    {
        using var connection = Connect(_address, _authority);
        _answer = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("id: 0\nevent: a\ndata: {}\n\nid: 1\n");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        var read = 0;

        _ = await Assert.ThrowsAsync<BrokerUnreachableException>(async () =>
        {
            await foreach (var e in new PeopleApi(connection).Events(-1).ReadAsync(Cancellation))
            {
                read++;
            }
        });
        Assert.InRange(read, 0, 1);
    }

    [Theory]
    [InlineData("id: 1\ndata: {}\n\n")]
    [InlineData("id: x\ndata: {}\n\n")]
    [InlineData("data: {}\n\n")]
    public async Task A_stream_that_skips_a_position_is_not_believed(string text)
    {
        using var connection = Connect(_address, _authority);
        _answer = context =>
        {
            context.Response.ContentType = "text/event-stream";
            return context.Response.WriteAsync(text);
        };

        _ = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var e in new PeopleApi(connection).Events(-1).ReadAsync(Cancellation))
            {
                Assert.Fail($"{e.Position} was believed.");
            }
        });
    }

    [Fact]
    public async Task A_caller_that_cancels_hears_of_its_own_cancellation()
    {
        using var connection = Connect(_address, _authority);
        using var cancel = new CancellationTokenSource();
        _answer = async context =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new NodeApi(connection).WhoAmIAsync(cancel.Token));
    }

    private static BrokerConnection Connect(Uri address, CertificateAuthority anchor) =>
        new(new BrokerEndpoint(address, [anchor.Certificate], null));

    private static async Task AskAsync(BrokerConnection connection) =>
        _ = await new NodeApi(connection).WhoAmIAsync(Cancellation);
}
