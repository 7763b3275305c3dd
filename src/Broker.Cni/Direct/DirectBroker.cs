using System.Net.Http.Headers;
using System.Security.Authentication;
using Broker.Client;
using Broker.Cni.Brokers;
using Broker.Cni.Errors;
using Broker.Cni.Invocation;
using Broker.Contracts.Leases;
using Broker.Contracts.Problems;
using Broker.Contracts.Routing;

namespace Broker.Cni.Direct;

/// <summary>The broker's node listener over mutual TLS, with the node's own certificate.</summary>
internal sealed class DirectBroker(BrokerEndpoint endpoint, TraceContext trace) : ILeaseBroker
{
    private const string JsonMediaType = "application/json";
    private readonly BrokerConnection _connection = new(endpoint);

    public Task<Reply<IReadOnlyList<GrantedAddress>>> GrantAsync(
        LeaseRequest request, CancellationToken cancellation)
    {
        var content = new ByteArrayContent(LeaseWire.Write(request));
        content.Headers.ContentType = new MediaTypeHeaderValue(JsonMediaType);
        return AskAsync(HttpMethod.Post, ApiRoutes.Leases, content, LeaseWire.ReadGranted, cancellation);
    }

    public Task<Reply<IReadOnlyList<string>>> ReleaseAsync(AttachmentName attachment, CancellationToken cancellation)
    {
        var query = $"?network={Uri.EscapeDataString(attachment.Network)}"
            + $"&containerId={Uri.EscapeDataString(attachment.ContainerId)}"
            + $"&interface={Uri.EscapeDataString(attachment.Interface)}";
        return AskAsync(HttpMethod.Delete, ApiRoutes.Leases + query, null, LeaseWire.ReadReleased, cancellation);
    }

    public Task<Reply<HeldLeases>> ListAsync(CancellationToken cancellation) =>
        AskAsync(HttpMethod.Get, ApiRoutes.Leases, null, LeaseWire.ReadList, cancellation);

    public Task<Reply<string>> StandingAsync(CancellationToken cancellation) =>
        AskAsync(HttpMethod.Get, ApiRoutes.WhoAmI, null, LeaseWire.ReadStanding, cancellation);

    public void Dispose()
    {
        _connection.Dispose();
        endpoint.Certificate?.Dispose();
    }

    private async Task<Reply<T>> AskAsync<T>(
        HttpMethod method, string path, HttpContent? content, Func<byte[], T?> read, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        AddTrace(request.Headers);
        try
        {
            var reply = await _connection.ExchangeAsync(request, cancellation).ConfigureAwait(false);
            if (reply.IsSuccess)
            {
                return reply.MediaType == JsonMediaType && read(reply.Body) is { } answer
                    ? Reply<T>.Of(answer)
                    : Reply<T>.Refused(Strange(reply));
            }

            return Reply<T>.Refused(
                reply.MediaType == Problem.MediaType && LeaseWire.ReadProblem(reply.Body) is { } problem
                    ? problem
                    : Strange(reply));
        }
        catch (BrokerUnreachableException error)
        {
            return Unreachable<T>(error);
        }
        catch (OperationCanceledException)
        {
            return Reply<T>.None(Silence("no answer came in time"), isPassing: true);
        }
    }

    private void AddTrace(HttpRequestHeaders headers)
    {
        if (trace.Parent is { } parent)
        {
            headers.Add("traceparent", parent);
        }

        if (trace.State is { } state)
        {
            headers.Add("tracestate", state);
        }
    }

    private Reply<T> Unreachable<T>(BrokerUnreachableException error)
        where T : class
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            // Certificates do not mend by themselves within seconds.
            if (cause is AuthenticationException)
            {
                return Reply<T>.None(Mistrust(cause), isPassing: false);
            }
        }

        return Reply<T>.None(Silence(Reason(error)), isPassing: true);
    }

    private CniError Silence(string why) => new(
        CniErrorCode.TryAgainLater,
        $"broker unreachable: {endpoint.Address.Authority}: {why}",
        "Check that the broker runs and that ipam.server is its node listener; the next try may succeed.");

    private CniError Mistrust(Exception cause) => new(
        CniErrorCode.NotTheBroker,
        $"no trust between this node and {endpoint.Address.Authority}: {Reason(cause)}",
        "Check that ipam.caFile holds the CA of the broker's certificate, that ipam.server has a name of that "
        + "certificate, and that ipam.certificateFile is this node's own and has not expired.");

    private static string Reason(Exception error) => error.InnerException is { } inner ? Reason(inner) : error.Message;

    private static Problem Strange(HttpReply reply) => new(
        "about:blank",
        "The answer is not the broker's.",
        reply.Status,
        ProblemErrors.NotTheBroker,
        $"HTTP status {reply.Status} with {reply.Body.Length} bytes of {reply.MediaType ?? "no type"}.",
        "Check that ipam.server is the broker's node listener, without a proxy in between.");
}
