using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Broker.Agent.Hosting;

namespace Broker.Agent.ApiServers;

/// <summary>
/// The few calls of the Kubernetes API that the agent makes, each as one JSON answer or a named failure.
/// </summary>
internal sealed class ApiServer : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const int AnswerBytesMax = 1024 * 1024;
    private static readonly TimeSpan callDeadline = TimeSpan.FromSeconds(30);

    private readonly HttpClient client;
    private readonly Uri server;

    public ApiServer(ApiServerAccess access)
    {
        server = access.Server;
        client = new HttpClient(CreateHandler(access), disposeHandler: true)
        {
            BaseAddress = access.Server,
            Timeout = callDeadline,
            MaxResponseContentBufferSize = AnswerBytesMax,
        };
        if (access.Token is { } token)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <returns>The object; null when it is not there.</returns>
    /// <exception cref="AgentFailureException">No answer, or a refusal.</exception>
    public Task<JsonElement?> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellation);

    /// <returns>The object that was made.</returns>
    /// <exception cref="AgentFailureException">No answer, or a refusal.</exception>
    public async Task<JsonElement> PostAsync(string path, byte[] body, CancellationToken cancellation)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        return await SendAsync(request, cancellation) ?? throw new AgentFailureException(
            "api_server_refused", $"{server} does not know {path}; is it a Kubernetes API server?");
    }

    public void Dispose() => client.Dispose();

    private async Task<JsonElement?> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.SendAsync(request, cancellation);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
            return answer.StatusCode == HttpStatusCode.NotFound ? null : Read(answer.StatusCode, body);
        }
        catch (Exception error) when (error is HttpRequestException or IOException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new AgentFailureException(
                "api_server_unreachable", $"{server} does not answer: {Innermost(error).Message}", error)
            {
                // A certificate that the CA does not vouch for will not become better.
                IsPassing = Innermost(error) is not AuthenticationException,
            };
        }
    }

    private JsonElement Read(HttpStatusCode status, byte[] body)
    {
        // A proxy in front of the API server refuses in words of its own; then the status is all there is.
        var json = TryParse(body);
        if ((int)status < 300)
        {
            return json ?? throw new AgentFailureException("api_server_unreadable", $"{server} answered no JSON.");
        }

        var said = json is { ValueKind: JsonValueKind.Object } refusal
            && refusal.TryGetProperty("message", out var text)
            ? text.ToString()
            : $"status {(int)status}";
        throw status switch
        {
            HttpStatusCode.Unauthorized => new AgentFailureException(
                "credentials_refused",
                $"{server} does not know these credentials; give a bootstrap token that has not expired."),
            HttpStatusCode.Forbidden => new AgentFailureException(
                "not_allowed", $"{said}. Bind the role system:node-bootstrapper to the group of this token."),
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new AgentFailureException(
                "api_server_unwell", $"{server}: {said}")
            {
                IsPassing = true,
            },
            _ => new AgentFailureException("api_server_refused", $"{server}: {said}"),
        };
    }

    private static JsonElement? TryParse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Exception Innermost(Exception error) =>
        error is { InnerException: { } inner } and not AuthenticationException ? Innermost(inner) : error;

    private static SocketsHttpHandler CreateHandler(ApiServerAccess access)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(access.Anchors);
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        var tls = new SslClientAuthenticationOptions { CertificateChainPolicy = policy, AllowTlsResume = false };
        if (access.Certificate is { } certificate)
        {
            // Offline: building the context must neither download nor look into a certificate store.
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        }

        return new SocketsHttpHandler { SslOptions = tls, UseProxy = false, AllowAutoRedirect = false };
    }
}
