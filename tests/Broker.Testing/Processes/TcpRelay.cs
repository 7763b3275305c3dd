using System.Net;
using System.Net.Sockets;

namespace Broker.Testing.Processes;

/// <summary>
/// A path to a server on the loopback address that can fall silent: connections stay open and nothing comes through any
/// more, as when a machine or a wire between is gone. New connections are taken and served.
/// </summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;
    private TaskCompletionSource mute = New();

    private TcpRelay(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where to connect to.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public static TcpRelay To(int port) => new(port);

    /// <summary>All connections that there are now fall silent for good.</summary>
    public void Mute() => Interlocked.Exchange(ref mute, New()).SetResult();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token), mute.Task));
            }
        }
        finally
        {
            await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient near, Task silence)
    {
        using (near)
        using (var far = new TcpClient())
        using (var quiet = CancellationTokenSource.CreateLinkedTokenSource(stop.Token))
        {
            await far.ConnectAsync(IPAddress.Loopback, target, stop.Token);
            var copies = Task.WhenAny(
                near.GetStream().CopyToAsync(far.GetStream(), quiet.Token),
                far.GetStream().CopyToAsync(near.GetStream(), quiet.Token));
            if (await Task.WhenAny(copies, silence) == silence)
            {
                await quiet.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token);
            }
        }
    }
}
