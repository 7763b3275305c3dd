using Dapr.Client;
using Grpc.Net.Client;

namespace Broker.Journal.Dapr.Sidecar;

/// <summary>Connections to a sidecar: no retries of the channel, and no end while nothing is sent.</summary>
internal static class DaprChannels
{
    private const int MessageBytesMax = 16 << 20;

    // daprd closes connections of clients that ping more often than every 8 seconds.
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PingTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(2);

    /// <summary>Dapr's client.</summary>
    public static DaprClient Client(Uri endpoint, string? apiToken)
    {
        var builder = new DaprClientBuilder()
            .UseGrpcEndpoint(endpoint.ToString()).UseGrpcChannelOptions(Options());
        return (apiToken is null ? builder : builder.UseDaprApiToken(apiToken)).Build();
    }

    /// <summary>How a channel is made.</summary>
    public static GrpcChannelOptions Options() => new()
    {
        ThrowOperationCanceledOnCancellation = true,
        MaxReceiveMessageSize = MessageBytesMax,
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            UseProxy = false,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = ConnectTime,
            KeepAlivePingDelay = PingDelay,
            KeepAlivePingTimeout = PingTime,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
        },
    };
}
