using Broker.Client;
using Broker.Cni.Direct.Http2;

namespace Broker.Cni.Direct;

/// <summary>A connection with its deadline, which each exchange sets anew.</summary>
internal sealed class DirectConnection(TcpStream tcp, Http2Connection http) : IDisposable
{
    /// <summary>Whether it takes one more request.</summary>
    public bool IsOpen => http.IsOpen;

    /// <exception cref="IOException">No answer came, or not in time; the connection is of no more use.</exception>
    public HttpReply Exchange(Http2Request request, Deadline deadline)
    {
        tcp.Deadline = deadline;
        return http.Exchange(request);
    }

    public void Dispose() => http.Dispose();
}
