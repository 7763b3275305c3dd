using System.Globalization;
using Broker.Testing.Processes;

namespace Broker.Testing.Dapr;

/// <summary>A Redis server of the test's own: loopback, a folder of its own, every write fsynced.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan startDeadline = TimeSpan.FromSeconds(30);
    private readonly TempFolder _folder = new();
    private TestProcess _process;

    private RedisServer(int port) => (Port, _process) = (port, Launch(_folder.Path, port));

    public int Port { get; }

    public static async Task<RedisServer> StartAsync()
    {
        Requires.Command("redis-server", "redis-server");
        var server = new RedisServer(FreePort.Take());
        _ = await server.WaitAsync(); // The line itself says nothing more.
        return server;
    }

    /// <summary>Kills it, as a power cut of its machine would, and starts it on what it had made durable.</summary>
    public async Task KillAndStartAsync()
    {
        await _process.DisposeAsync();
        _process = Launch(_folder.Path, Port);
        _ = await WaitAsync(); // As above.
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static TestProcess Launch(string folder, int port) => TestProcess.Start("redis-server",
    [
        "--port", port.ToString(CultureInfo.InvariantCulture),
        "--bind", "127.0.0.1",
        "--dir", folder,
        "--appendonly", "yes",
        "--appendfsync", "always",
        "--save", "",
        "--maxmemory-policy", "noeviction",
    ]);

    private Task<string> WaitAsync() => _process.WaitForLineAsync(
        line => line.Contains("Ready to accept connections", StringComparison.Ordinal), startDeadline);
}
