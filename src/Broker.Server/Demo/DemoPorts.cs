using System.Net;
using System.Net.Sockets;
using Broker.Server.Options;

namespace Broker.Server.Demo;

/// <summary>Free ports on loopback, found by asking the system for them all at once.</summary>
internal static class DemoPorts
{
    public static ListenOptions Take()
    {
        var sockets = Enumerable.Range(0, 4)
            .Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        try
        {
            var texts = sockets.ConvertAll(Bind);
            return new ListenOptions { Node = texts[0], People = texts[1], Enrol = texts[2], Health = texts[3] };
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private static string Bind(Socket socket)
    {
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket.LocalEndPoint!.ToString()!;
    }
}
