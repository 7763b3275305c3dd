using Broker.SystemTests.Demo;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Ctl;

/// <summary>A broker with a node, blocks, leases and alarms: the demo, until the tests are done.</summary>
public sealed class CtlFixture : IAsyncLifetime
{
    private RunningDemo? _demo;

    /// <summary>The data folder, which holds a context.</summary>
    public string Folder => _demo!.Folder;

    /// <summary>A home for the programs.</summary>
    public TempFolder Home { get; } = new();

    public async ValueTask InitializeAsync() => _demo = await RunningDemo.StartAsync("--keep");

    public async ValueTask DisposeAsync()
    {
        var folder = Path.GetDirectoryName(Folder)!;
        await _demo!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        Home.Dispose();
    }

    /// <summary>Runs brokerctl against it.</summary>
    public Task<ProgramResult> RunAsync(params IEnumerable<string> arguments) =>
        Brokerctl.RunAsync(Folder, Home.Path, arguments);

    /// <summary>Runs it, and expects it to do what it is told.</summary>
    public async Task<string> DoesAsync(params IEnumerable<string> arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.ExitCode}\n{result.Text}");
        return result.Text;
    }
}
