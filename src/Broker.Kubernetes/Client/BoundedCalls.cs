namespace Broker.Kubernetes.Client;

/// <summary>
/// Lets no call wait for an answer that cannot come. A machine or a path that vanishes closes no connection: without
/// this, calls would go on being sent into one for minutes (the client library pings after three, and waits for
/// connections and for the beginning of an answer without any bound).
/// </summary>
internal sealed class BoundedCalls : DelegatingHandler
{
    /// <summary>Longest wait for a connection.</summary>
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for the beginning of an answer, connecting included.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);

    /// <summary>A connection that was silent for so long is asked whether it lives.</summary>
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(10);

    /// <summary>One that does not say so in this time is dead, and with it every call on it.</summary>
    private static readonly TimeSpan PongMax = TimeSpan.FromSeconds(10);

    /// <summary>Tells the connections below, before the first call.</summary>
    public void NoticeDeadConnections()
    {
        var connections = InnerHandler as SocketsHttpHandler
            ?? throw new InvalidOperationException("The client library does not send by SocketsHttpHandler any more.");
        connections.ConnectTimeout = ConnectMax;
        connections.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        connections.KeepAlivePingDelay = PingAfter;
        connections.KeepAlivePingTimeout = PongMax;

        // Watches each take a stream for good; what finds none left must not wait for one of them to end.
        connections.EnableMultipleHttp2Connections = true;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(AnswerMax);
        try
        {
            return await base.SendAsync(request, bound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(
                $"The API server did not begin to answer within {AnswerMax.TotalSeconds:0} s.", error);
        }
    }
}
