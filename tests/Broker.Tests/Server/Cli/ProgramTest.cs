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
    public async Task The_CA_is_printed_for_whoever_is_to_trust_this_broker()
    {
        var data = _folder["data"];
        await SaysAsync(1, "folder_unusable", "ca", "--data", data);
        await SaysAsync(0, "Made the ledger", "init", "--data", data, "--enrol", "");
        await SaysAsync(
            0,
            (await File.ReadAllTextAsync(
                Path.Combine(data, "pki", "broker-ca.crt"), TestContext.Current.CancellationToken)).Trim(),
            "ca", "--data", data);
    }

    [Fact]
    public async Task A_folder_is_made_for_another_user_and_what_is_in_one_changes_no_hands()
    {
        var mine = Environment.IsPrivilegedProcess ? "0" : (await Tool.RunAsync("id", "-u")).Trim();
        await SaysAsync(0, "Made", "folder", "--data", _folder["ledger"], "--owner", mine);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(_folder["ledger"]));
        await SaysAsync(0, "Made the ledger", "init", "--data", _folder["ledger"]);
        await SaysAsync(1, "folder_not_empty", "folder", "--data", _folder["ledger"], "--owner", mine);
        await SaysAsync(2, "--owner", "folder", "--data", _folder["other"], "--owner", "nobody");
    }

    [Fact]
    public async Task Where_no_API_server_answers_the_node_CA_is_not_written()
    {
        var config = _folder.Write(
            "kubeconfig",
            """
            apiVersion: v1
            kind: Config
            clusters: [ { name: x, cluster: { server: "http://127.0.0.1:1" } } ]
            users: [ { name: x, user: { token: none } } ]
            contexts: [ { name: x, context: { cluster: x, user: x } } ]
            current-context: x
            """);
        var file = _folder["node-ca.crt"];
        await SaysAsync(1, "extension-apiserver-authentication", "node-ca", "--out", file, "--kubeconfig", config);
        await SaysAsync(1, "broker: kubernetes:", "node-ca", "--out", file, "--kubeconfig", _folder["none"]);
        Assert.False(File.Exists(file));
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

    [Fact]
    public async Task A_wrong_byte_in_the_journal_is_named_by_its_position_and_nothing_is_served()
    {
        await using var broker = await TestBroker.StartAsync();
        await broker.StopAsync();
        var database = Path.Combine(broker.Folder, "journal.db");
        var bytes = await File.ReadAllBytesAsync(database, TestContext.Current.CancellationToken);
        var sought = "\"type\":\"ledger.led\""u8.ToArray();
        for (var at = bytes.AsSpan().IndexOf(sought); at >= 0; at = bytes.AsSpan().IndexOf(sought))
        {
            bytes[at + 3] ^= 1; // Pages keep stale copies of what was moved: each is flipped.
        }

        await File.WriteAllBytesAsync(database, bytes, TestContext.Current.CancellationToken);
        await SaysAsync(1, "position 1 ", "serve", "--data", broker.Folder);
        await SaysAsync(1, "position 1 ", "verify", "--data", broker.Folder);
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
