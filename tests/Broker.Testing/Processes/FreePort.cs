using System.Net;
using System.Net.Sockets;

namespace Broker.Testing.Processes;

/// <summary>
/// Ports for programs that must be told one. They lie below the range that the system hands out for outgoing
/// connections, so that no client of another test is given one between the answer and the program's own bind; and this
/// process gives none twice.
/// </summary>
public static class FreePort
{
    private const int First = 10_240;
    private const int Last = 19_999;
    private const int TriesMax = 10_000;
    private static readonly Lock gate = new();
    private static readonly HashSet<int> given = [];

    /// <summary>That many different TCP ports of the loopback address, free a moment ago.</summary>
    public static IReadOnlyList<int> Take(int count)
    {
        var ports = new List<int>();
        for (var tries = 0; ports.Count < count && tries < TriesMax; tries++)
        {
            var port = Random.Shared.Next(First, Last);
            lock (gate)
            {
                if (!given.Contains(port) && IsFree(port) && given.Add(port))
                {
                    ports.Add(port);
                }
            }
        }

        return ports.Count == count
            ? ports
            : throw new InvalidOperationException($"No {count} free ports were found between {First} and {Last}.");
    }

    /// <summary>One of them.</summary>
    public static int Take() => Take(1)[0];

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
