namespace Broker.Testing.Processes;

/// <summary>A <c>broker serve</c> of a data folder on ports of its own, told on the command line.</summary>
public sealed class ServedBroker : IAsyncDisposable
{
    private const int StartTries = 3;
    private static readonly TimeSpan startDeadline = TimeSpan.FromMinutes(1);

    private ServedBroker(TestProcess process, IReadOnlyList<int> ports) => (Process, Ports) = (process, ports);

    public TestProcess Process { get; }

    /// <summary>The addresses of the listeners.</summary>
    public Uri Node => Address(0);

    /// <summary>For operators and auditors.</summary>
    public Uri People => Address(1);

    /// <summary>For holders of a bootstrap token.</summary>
    public Uri Enrol => Address(2);

    /// <summary>Whether it ended because another program was quicker at a port.</summary>
    public bool SaysPortTaken =>
        Process.Output.Any(line => line.Contains("port_taken", StringComparison.Ordinal));

    private IReadOnlyList<int> Ports { get; }

    /// <summary>Starts it without waiting until it serves.</summary>
    public static ServedBroker Start(string folder, params IEnumerable<string> more)
    {
        var ports = FreePort.Take(4);
        return new ServedBroker(BrokerProgram.Start([.. Arguments(folder, ports), .. more]), ports);
    }

    /// <summary>Starts it and waits until it serves.</summary>
    /// <exception cref="TimeoutException">It does not; the message has what it said.</exception>
    public static async Task<ServedBroker> ServeAsync(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            var broker = Start(folder);
            try
            {
                await broker.WaitUntilServingAsync();
                return broker;
            }
            catch (TimeoutException) when (attempt < StartTries && broker.SaysPortTaken)
            {
                // Another program of this machine was quicker; there are other ports.
                await broker.DisposeAsync();
            }
        }
    }

    /// <summary>The same folder on the same ports, after this one has ended.</summary>
    public async Task<ServedBroker> ServeAgainAsync(string folder)
    {
        var again = new ServedBroker(BrokerProgram.Start(Arguments(folder, Ports)), Ports);
        await again.WaitUntilServingAsync();
        return again;
    }

    /// <summary>The arguments of <c>broker serve</c> for four ports of the loopback address.</summary>
    public static IReadOnlyList<string> Arguments(string folder, IReadOnlyList<int> ports) =>
    [
        "serve", "--data", folder,
        "--set", $"listen:node=127.0.0.1:{ports[0]}",
        "--set", $"listen:people=127.0.0.1:{ports[1]}",
        "--set", $"listen:enrol=127.0.0.1:{ports[2]}",
        "--set", $"listen:health=127.0.0.1:{ports[3]}",

        // A load asks as quickly as it is answered.
        "--set", "limits:nodeRequestsPerSecond=1000000",
        "--set", "limits:nodeRequestBurst=1000000",
    ];

    public Task WaitUntilServingAsync() =>
        Process.WaitForLineAsync(line => line.Contains("\"EventId\":1101", StringComparison.Ordinal), startDeadline);

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private Uri Address(int index) => new($"https://127.0.0.1:{Ports[index]}");
}
