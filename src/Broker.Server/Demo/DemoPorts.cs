using System.Net;
using System.Net.Sockets;
using Broker.Server.Options;

namespace Broker.Server.Demo;

/// <summary>
/// Free ports on loopback. They are taken below the range that systems hand out for outgoing connections (from 32768 on
/// Linux, 49152 by RFC 6335), so that nobody is given one of them between the look and the broker's own bind.
/// </summary>
internal static class DemoPorts
{
    private const int First = 20_000;
    private const int Last = 32_000;
    private const int TriesMax = 1000;

    /// <exception cref="IOException">There is no free port.</exception>
    public static ListenOptions Take()
    {
        var sockets = new List<Socket>();
        try
        {
            for (var tries = 0; sockets.Count < 4 && tries < TriesMax; tries++)
            {
                TryAdd(sockets, Random.Shared.Next(First, Last));
            }

            var texts = sockets.ConvertAll(socket => socket.LocalEndPoint!.ToString()!);
            return texts.Count == 4
                ? new ListenOptions { Node = texts[0], People = texts[1], Enrol = texts[2], Health = texts[3] }
                : throw new IOException($"No four free ports were found between {First} and {Last}.");
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private static void TryAdd(List<Socket> sockets, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            sockets.Add(socket);
        }
        catch (SocketException)
        {
            // Taken by somebody else: the next try is another one.
            socket.Dispose();
        }
    }
}
