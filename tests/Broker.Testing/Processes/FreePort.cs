using System.Net;
using System.Net.Sockets;

namespace Broker.Testing.Processes;

/// <summary>
/// Ports for programs that must be told one. Between the answer and the program's own bind somebody else may take it,
/// so a program that can bind port 0 and say what it got is better served by that.
/// </summary>
public static class FreePort
{
    /// <summary>That many different TCP ports of the loopback address, free a moment ago.</summary>
    public static IReadOnlyList<int> Take(int count)
    {
        // All are held until the last is known: one after the other, the system may give the same twice.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }

    /// <summary>One of them.</summary>
    public static int Take() => Take(1)[0];
}
