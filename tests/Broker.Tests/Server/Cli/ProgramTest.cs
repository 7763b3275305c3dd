using Broker.Server.Hosting;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Cli;

public sealed class ProgramTest : IDisposable
{
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(60);
    private static readonly string program = typeof(BrokerHost).Assembly.Location;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Wrong_usage_exits_with_2_and_says_what_to_do()
    {
        await SaysAsync(2, "broker init --data", "serve", "--data", "/nonexistent");
        await SaysAsync(2, "broker: see: broker --help", "brew");
        await SaysAsync(2, "--data", "serve");
        await SaysAsync(2, "KEY=VALUE", "serve", "--data", _folder.Path, "--set", "nonsense");
    }

    [Fact]
    public async Task Help_and_settings_are_told()
    {
        await SaysAsync(0, "Try it:", "--help");
        await SaysAsync(0, "limits:streamHeartbeatSeconds", "settings");
    }

    [Fact]
    public async Task A_further_person_gets_a_certificate_that_replaces_nothing()
    {
        var data = _folder["people"];
        await SaysAsync(0, "Made the ledger", "init", "--data", data);
        await SaysAsync(0, "anna.curl", "person", "--data", data, "--name", "anna", "--role", "auditor");
        var key = Path.Combine(data, "pki", "anna.key");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        await SaysAsync(1, "file_exists", "person", "--data", data, "--name", "anna");
        await SaysAsync(1, "name_invalid", "person", "--data", data, "--name", "../anna");
        await SaysAsync(2, "Must be one of", "person", "--data", data, "--name", "otto", "--role", "king");
    }

    [Fact]
    public async Task Init_makes_nothing_from_a_plan_with_a_fault_and_never_over_something()
    {
        var data = _folder["data"];
        await SaysAsync(
            1, "--operator", "init", "--data", data, "--origin", "https://x", "--operator", "a/b", "--enrol", "8445");
        Assert.False(Directory.Exists(data));
        await SaysAsync(
            1, "clashes", "init", "--data", data, "--pool", "a=10.0.0.0/16", "--pool", "b=10.0.1.0/24");
        Assert.False(Directory.Exists(data));
        _ = _folder.Write("data/file", "x");
        await SaysAsync(1, "folder_not_empty", "init", "--data", data);
    }

    [Fact]
    public async Task A_folder_that_is_served_and_a_port_that_is_taken_are_named()
    {
        await using var broker = await TestBroker.StartAsync();
        await SaysAsync(1, "data_folder_locked", "serve", "--data", broker.Folder);
        await using var other = await TestBroker.StartAsync();
        await other.StopAsync();
        var people = $"listen:people={broker.AddressOf(TestListener.People).Authority}";
        await SaysAsync(1, "port_taken", "serve", "--data", other.Folder, "--set", people);
    }

    private static async Task SaysAsync(int exitCode, string text, params string[] arguments)
    {
        await using var process = TestProcess.StartDotnet(program, arguments);

        var code = await process.WaitForExitAsync(deadline);

        var output = string.Join('\n', process.Output);
        Assert.Contains(text, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.Equal(exitCode, code);
    }
}
