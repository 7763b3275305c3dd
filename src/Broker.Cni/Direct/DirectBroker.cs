using System.Security.Authentication;
using Broker.Client;
using Broker.Cni.Brokers;
using Broker.Cni.Direct.Http2;
using Broker.Cni.Errors;
using Broker.Cni.Invocation;
using Broker.Contracts.Leases;
using Broker.Contracts.Problems;
using Broker.Contracts.Routing;

namespace Broker.Cni.Direct;

/// <summary>
/// The broker's node listener over mutual TLS, with the node's own certificate; on the thread that calls.
/// </summary>
internal sealed class DirectBroker(BrokerEndpoint endpoint, TraceContext trace) : ILeaseBroker
{
    private const string JsonMediaType = "application/json";
    private DirectConnection? _connection;

    public Task<Reply<IReadOnlyList<GrantedAddress>>> GrantAsync(LeaseRequest request, TimeSpan limit) =>
        Ask(new Http2Request("POST", ApiRoutes.Leases, LeaseWire.Write(request)), LeaseWire.ReadGranted, limit);

    public Task<Reply<IReadOnlyList<string>>> ReleaseAsync(AttachmentName attachment, TimeSpan limit)
    {
        var query = $"?network={Uri.EscapeDataString(attachment.Network)}"
            + $"&containerId={Uri.EscapeDataString(attachment.ContainerId)}"
            + $"&interface={Uri.EscapeDataString(attachment.Interface)}";
        return Ask(new Http2Request("DELETE", ApiRoutes.Leases + query), LeaseWire.ReadReleased, limit);
    }

    public Task<Reply<HeldLeases>> ListAsync(TimeSpan limit) =>
        Ask(new Http2Request("GET", ApiRoutes.Leases), LeaseWire.ReadList, limit);

    public Task<Reply<string>> StandingAsync(TimeSpan limit) =>
        Ask(new Http2Request("GET", ApiRoutes.WhoAmI), LeaseWire.ReadStanding, limit);

    public void Dispose()
    {
        _connection?.Dispose();
        endpoint.Certificate?.Dispose();
    }

    private Task<Reply<T>> Ask<T>(Http2Request request, Func<byte[], T?> read, TimeSpan limit)
        where T : class
    {
        try
        {
            var reply = Exchange(request with { Headers = TraceHeaders() }, Deadline.In(limit));
            if (reply.IsSuccess && reply.MediaType == JsonMediaType && read(reply.Body) is { } answer)
            {
                return Task.FromResult(Reply<T>.Of(answer));
            }

            var isProblem = !reply.IsSuccess && reply.MediaType == Problem.MediaType;
            return Task.FromResult(Reply<T>.Refused(
                isProblem && LeaseWire.ReadProblem(reply.Body) is { } problem ? problem : Strange(reply)));
        }
        catch (AuthenticationException error)
        {
            // Certificates do not mend by themselves within seconds.
            return Task.FromResult(Reply<T>.None(Mistrust(error), isPassing: false));
        }
        catch (Http2Exception error)
        {
            return Task.FromResult(Reply<T>.None(Stranger(error), isPassing: false));
        }
        catch (IOException error)
        {
            return Task.FromResult(Unanswered<T>(error));
        }
    }

    private HttpReply Exchange(Http2Request request, Deadline deadline)
    {
        var connection = _connection;
        _connection = null;
        if (connection is { IsOpen: false })
        {
            connection.Dispose();
            connection = null;
        }

        connection ??= BrokerDialer.Dial(endpoint, deadline);
        try
        {
            var reply = connection.Exchange(request, deadline);
            _connection = connection;
            return reply;
        }
        finally
        {
            if (_connection is null)
            {
                connection.Dispose();
            }
        }
    }

    private List<KeyValuePair<string, string>> TraceHeaders()
    {
        List<KeyValuePair<string, string>> headers = [];
        if (trace.Parent is { } parent)
        {
            headers.Add(new("traceparent", parent));
        }

        if (trace.State is { } state)
        {
            headers.Add(new("tracestate", state));
        }

        return headers;
    }

    private Reply<T> Unanswered<T>(IOException error)
        where T : class
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
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

    private CniError Stranger(Http2Exception error) => new(
        CniErrorCode.NotTheBroker,
        $"what answers at {endpoint.Address.Authority} is not the broker: {error.Message}",
        "Check that ipam.server is the broker's node listener, without a proxy in between.");

    private static string Reason(Exception error) => error.InnerException is { } inner ? Reason(inner) : error.Message;

    private static Problem Strange(HttpReply reply) => new(
        "about:blank",
        "The answer is not the broker's.",
        reply.Status,
        ProblemErrors.NotTheBroker,
        $"HTTP status {reply.Status} with {reply.Body.Length} bytes of {reply.MediaType ?? "no type"}.",
        "Check that ipam.server is the broker's node listener, without a proxy in between.");
}
