using Broker.Testing.Processes;

namespace Broker.Testing.Namespaces;

/// <summary>The name of a bridge that a plugin makes and nobody removes; it goes with the test. Root.</summary>
public sealed class BridgeDevice : IAsyncDisposable
{
    public string Name { get; } = $"brt{Guid.NewGuid():N}"[..12];

    public async ValueTask DisposeAsync() =>
        _ = await Tool.TryAsync("ip", "link", "del", Name).ConfigureAwait(false); // It may not have been made.
}
