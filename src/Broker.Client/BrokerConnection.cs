using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Broker.Contracts;
using Broker.Contracts.Problems;

namespace Broker.Client;

/// <summary>
/// One HTTP/2 connection pool to one listener, over TLS that trusts the given CAs only. It never retries: a caller that
/// retries a request does so with the same request id.
/// </summary>
public sealed class BrokerConnection : IDisposable
{
    private const string AnswerMediaType = "application/json";
    private const string TextMediaType = "text/plain";
    private const int ResponseBytesMax = 64 * 1024 * 1024;
    private readonly HttpClient _http;
    private readonly Uri _address;

    public BrokerConnection(BrokerEndpoint endpoint)
    {
        _address = endpoint.Address;
        _http = new HttpClient(CreateHandler(endpoint), disposeHandler: true)
        {
            BaseAddress = endpoint.Address,
            MaxResponseContentBufferSize = ResponseBytesMax,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request and reads the answer or the problem.</summary>
    /// <exception cref="BrokerUnreachableException">No answer came.</exception>
    public async Task<ApiResult<TAnswer>> SendAsync<TAnswer>(
        HttpRequestMessage request, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellation)
        where TAnswer : class
    {
        var reply = await ExchangeAsync(request, cancellation).ConfigureAwait(false);
        return reply.IsSuccess && TryRead(reply, answerType, AnswerMediaType) is { } answer
            ? ApiResult<TAnswer>.Of(answer)
            : ApiResult<TAnswer>.Failed(ReadProblem(reply));
    }

    /// <summary>Sends a request and returns the answer unread.</summary>
    /// <exception cref="BrokerUnreachableException">No answer came.</exception>
    public async Task<HttpReply> ExchangeAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.SendAsync(UseHttp2(request), cancellation).ConfigureAwait(false);
            return await ReplyOfAsync(response, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (IsNoAnswer(error, cancellation))
        {
            throw new BrokerUnreachableException(_address, error);
        }
    }

    /// <summary>Sends a request whose answer is plain text in UTF-8.</summary>
    /// <exception cref="BrokerUnreachableException">No answer came.</exception>
    public async Task<ApiResult<string>> SendForTextAsync(
        HttpRequestMessage request, CancellationToken cancellation)
    {
        var reply = await ExchangeAsync(request, cancellation).ConfigureAwait(false);
        return reply.IsSuccess && reply.MediaType == TextMediaType
            ? ApiResult<string>.Of(Encoding.UTF8.GetString(reply.Body))
            : ApiResult<string>.Failed(ReadProblem(reply));
    }

    /// <summary>Opens an endless answer, such as an event stream; the caller disposes it.</summary>
    /// <exception cref="BrokerUnreachableException">No answer came.</exception>
    /// <exception cref="BrokerProblemException">The broker refused.</exception>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            var response = await _http
                .SendAsync(UseHttp2(request), HttpCompletionOption.ResponseHeadersRead, cancellation)
                .ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                var reply = await ReplyOfAsync(response, cancellation).ConfigureAwait(false);
                throw new BrokerProblemException(ReadProblem(reply));
            }
        }
        catch (Exception error) when (IsNoAnswer(error, cancellation))
        {
            throw new BrokerUnreachableException(_address, error);
        }
    }

    /// <summary>What a broken connection in the midst of an endless answer is told as.</summary>
    internal BrokerUnreachableException Broken(IOException error) => new(_address, error);

    /// <summary>A request with a JSON body.</summary>
    public static HttpRequestMessage Json<TBody>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(method, path) { Content = content };
    }

    // A cancellation that the caller did not ask for is the time-out of the client.
    private static bool IsNoAnswer(Exception error, CancellationToken cancellation) =>
        error is HttpRequestException or IOException
        || (error is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static HttpRequestMessage UseHttp2(HttpRequestMessage request)
    {
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return request;
    }

    private static SocketsHttpHandler CreateHandler(BrokerEndpoint endpoint) => new()
    {
        SslOptions = BrokerTls.OptionsFor(endpoint),
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AutomaticDecompression = DecompressionMethods.None,
    };

    private static async Task<HttpReply> ReplyOfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        return new HttpReply((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
    }

    // Null for what is no such JSON: then somebody else answered, such as a proxy.
    private static T? TryRead<T>(HttpReply reply, JsonTypeInfo<T> type, string mediaType)
        where T : class
    {
        if (reply.MediaType != mediaType)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(reply.Body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Problem ReadProblem(HttpReply reply)
    {
        if (!reply.IsSuccess && TryRead(reply, BrokerJson.Default.Problem, Problem.MediaType) is { } problem)
        {
            return problem;
        }

        return new Problem(
            "about:blank",
            "The answer is not the broker's.",
            reply.Status,
            "not_the_broker",
            $"HTTP status {reply.Status} with {reply.Body.Length} bytes that are neither an answer nor "
            + $"{Problem.MediaType}.",
            "Check that the address is the broker's own, without a proxy in between.");
    }
}
