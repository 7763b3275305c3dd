using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Broker.Testing.Servers;

/// <summary>Sends what no good client would send: any bytes, any type, any header, a path as it is written.</summary>
public sealed class RawApi : IDisposable
{
    private readonly Uri _address;
    private readonly HttpClient _http;

    internal RawApi(Uri address, X509Certificate2Collection anchors, X509Certificate2? certificate)
    {
        _address = address;
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(anchors);
        policy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        var tls = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = policy,

            // A Host header of a test counts as the name to expect; the CA must be the pinned one all the same.
            RemoteCertificateValidationCallback = (_, _, _, errors) =>
                (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None,
        };
        if (certificate is not null)
        {
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        }

        _http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = tls,
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
        })
        {
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// Begins a request whose body never ends, and hands back the task that ends with the connection.
    /// </summary>
    public async Task<Task> HoldOpenAsync(string path)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = SendEndlessAsync(path, begun);
        _ = await Task.WhenAny(begun.Task, answer).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Sends a JSON text.</summary>
    public Task<RawAnswer> JsonAsync(
        string method, string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, Encoding.UTF8.GetBytes(body), "application/json", headers);

    /// <summary>Sends without a body.</summary>
    public Task<RawAnswer> SendAsync(string method, string path, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, null, null, headers);

    /// <summary>
    /// Sends; a body without a type comes without its length as well. Only the head is waited for when
    /// <paramref name="headOnly"/>.
    /// </summary>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    public async Task<RawAnswer> SendAsync(
        string method,
        string path,
        byte[]? body,
        string? contentType,
        IReadOnlyList<(string Name, string Value)> headers,
        bool headOnly = false)
    {
        using var request = Request(method, path, headers);
        if (body is not null)
        {
            request.Content = contentType is null ? new UnannouncedContent(body) : new ByteArrayContent(body);
            _ = contentType is null
                || request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await _http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        var whole = headOnly && response.IsSuccessStatusCode
            ? []
            : await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        return new RawAnswer(
            response.StatusCode, response.Content.Headers.ContentType?.MediaType, whole, HeadersOf(response));
    }

    /// <summary>Opens an endless answer; the caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = Request("GET", path, headers);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
    }

    private HttpRequestMessage Request(string method, string path, IReadOnlyList<(string Name, string Value)> headers)
    {
        // As written: %2F and dot segments are part of what is tested.
        var uri = new Uri(
            _address.GetLeftPart(UriPartial.Authority) + path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(method), uri)
        {
            Version = _address.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var (name, value) in headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response)
    {
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> all = response.Headers;
        return all.Concat(response.Content.Headers)
            .ToDictionary(
                header => header.Key,
                header => string.Join(", ", header.Value),
                StringComparer.OrdinalIgnoreCase);
    }

    private async Task SendEndlessAsync(string path, TaskCompletionSource begun)
    {
        using var request = Request("POST", path, []);
        request.Content = new EndlessContent(begun);
        using var answer = await _http.SendAsync(request).ConfigureAwait(false);
    }
}
