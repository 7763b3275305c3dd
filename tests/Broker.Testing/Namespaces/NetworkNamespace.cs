using Broker.Testing.Processes;

namespace Broker.Testing.Namespaces;

/// <summary>A network namespace with a name of its own; it goes with the test, and its interfaces with it. Root.</summary>
public sealed class NetworkNamespace : IAsyncDisposable
{
    private static readonly TimeSpan settleDeadline = TimeSpan.FromSeconds(20);

    private NetworkNamespace(string name) => Name = name;

    public string Name { get; }

    /// <summary>What a runtime passes as <c>CNI_NETNS</c>.</summary>
    public string Path => $"/run/netns/{Name}";

    public static async Task<NetworkNamespace> CreateAsync()
    {
        var made = new NetworkNamespace($"brt-{Guid.NewGuid():N}"[..16]);
        _ = await Tool.RunAsync("ip", "netns", "add", made.Name).ConfigureAwait(false);
        return made;
    }

    /// <summary>Runs a command inside.</summary>
    public Task<ProgramResult> RunAsync(params IEnumerable<string> command) =>
        Tool.TryAsync("ip", ["netns", "exec", Name, .. command]);

    /// <summary>
    /// Waits until each IPv6 address of an interface has passed duplicate address detection (RFC 4862, section 5.4):
    /// before that the kernel does not answer from it.
    /// </summary>
    public Task SettleAsync(string @interface) => Eventually.HoldsAsync(
        $"{@interface} in {Name} has no tentative address",
        async () =>
        {
            var tentative = await RunAsync("ip", "-6", "-o", "addr", "show", "dev", @interface, "tentative")
                .ConfigureAwait(false);
            return tentative.ExitCode == 0 && tentative.Output.Count == 0;
        },
        settleDeadline);

    /// <summary>Whether an address answers three times.</summary>
    public async Task<bool> PingAsync(string address) =>
        (await RunAsync("ping", "-n", "-c", "3", "-i", "0.2", "-W", "5", address).ConfigureAwait(false)).ExitCode == 0;

    public async ValueTask DisposeAsync() =>
        _ = await Tool.TryAsync("ip", "netns", "del", Name).ConfigureAwait(false); // Gone is as good.
}
