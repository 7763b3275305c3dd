using System.Net;
using System.Net.Sockets;
using Broker.Cni.Direct;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Cni;

public sealed class TcpStreamTest
{
    private static readonly TimeSpan soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan later = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void What_is_written_arrives_and_what_comes_is_read(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        using var near = TcpStream.Connect((IPEndPoint)listener.LocalEndpoint, Deadline.In(later));
        using var far = listener.AcceptTcpClient();

        near.Write("hello"u8);
        var there = new byte[5];
        far.GetStream().ReadExactly(there);
        far.GetStream().Write("world"u8);
        var here = new byte[5];
        near.ReadExactly(here);
        far.Close();

        Assert.Equal("hello"u8, there);
        Assert.Equal("world"u8, here);
        Assert.Equal(0, near.Read(here));
    }

    [Fact]
    public void Where_nobody_listens_the_system_says_so()
    {
        var nobody = new IPEndPoint(IPAddress.Loopback, FreePort.Take());

        var error = Assert.Throws<IOException>(() => TcpStream.Connect(nobody, Deadline.In(later)));

        Assert.Equal("Connection refused", error.Message);
    }

    [Fact]
    public void Silence_ends_at_the_deadline()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var near = TcpStream.Connect((IPEndPoint)listener.LocalEndpoint, Deadline.In(soon));

        _ = Assert.Throws<OverdueException>(() => near.Read(new byte[1]));
        _ = Assert.Throws<OverdueException>(() => near.Write(new byte[1]));
    }

    [Fact]
    public void A_peer_that_reads_nothing_is_not_waited_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var near = TcpStream.Connect((IPEndPoint)listener.LocalEndpoint, Deadline.In(soon));

        _ = Assert.Throws<OverdueException>(() => near.Write(new byte[64 * 1024 * 1024]));
    }

    [Fact]
    public void A_host_that_does_not_take_the_connection_is_not_waited_for()
    {
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        List<TcpStream> taken = [];
        try
        {
            _ = Assert.Throws<OverdueException>(() =>
            {
                // The queue of a listener that accepts nothing is full after a few.
                for (var i = 0; i < 8; i++)
                {
                    taken.Add(TcpStream.Connect((IPEndPoint)full.LocalEndPoint!, Deadline.In(soon)));
                }
            });
        }
        finally
        {
            taken.ForEach(stream => stream.Dispose());
        }
    }
}
