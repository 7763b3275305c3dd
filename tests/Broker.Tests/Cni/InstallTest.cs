using System.Text;
using Broker.Cni.Install;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Cni;

/// <summary><c>broker-ipam install</c> and <c>remove</c>, as the pod on each node runs them.</summary>
public sealed class InstallTest : IDisposable
{
    private const string Server = "https://192.0.2.7:8443";
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode ForAllToRun =
        ForAll | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly TempFolder _folder = new();
    private readonly string _program;

    public InstallTest()
    {
        _program = _folder.Write("image/broker-ipam", "the plugin");
        _ = _folder.Write("mounted/conflist.json", """{ "server": "BROKER_SERVER" }""");
        _ = _folder.Write("mounted/ca.crt", "the CA");
    }

    private string Plugin => _folder["host/bin/broker-ipam"];

    private string List => _folder["host/net.d/10-broker.conflist"];

    private string Ca => _folder["host/broker/ca.crt"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_puts_plugin_CA_and_configuration_for_all_to_read()
    {
        Assert.Equal((0, ""), await InstallAsync(expectSays: false));

        Assert.Equal("the plugin", await TextAsync(Plugin));
        Assert.Equal(ForAllToRun, File.GetUnixFileMode(Plugin));
        Assert.Equal("the CA", await TextAsync(Ca));
        Assert.Equal(ForAll, File.GetUnixFileMode(Ca));
        Assert.Equal($$"""{ "server": "{{Server}}" }""", await TextAsync(List));
        Assert.Equal(ForAll, File.GetUnixFileMode(List));
    }

    [Fact]
    public async Task What_is_right_is_left_alone_and_what_differs_is_replaced()
    {
        _ = await InstallAsync();
        var old = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (var file in new[] { Plugin, Ca, List })
        {
            File.SetLastWriteTimeUtc(file, old);
        }

        _ = _folder.Write("mounted/ca.crt", "two CAs");
        File.SetUnixFileMode(List, UnixFileMode.UserRead);

        _ = await InstallAsync();

        Assert.Equal(old, File.GetLastWriteTimeUtc(Plugin));
        Assert.Equal("two CAs", await TextAsync(Ca));
        Assert.Equal(ForAll, File.GetUnixFileMode(List));
    }

    [Fact]
    public async Task A_configuration_that_is_not_JSON_replaces_nothing()
    {
        _ = await InstallAsync();
        _ = _folder.Write("mounted/conflist.json", "{ ");
        _ = _folder.Write("image/broker-ipam", "a newer plugin");

        var (exitCode, says) = await InstallAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("not done", says, StringComparison.Ordinal);
        Assert.Equal("the plugin", await TextAsync(Plugin));
        Assert.Contains(Server, await TextAsync(List), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_install_left_is_swept_and_nothing_of_others()
    {
        var left = _folder.Write("host/bin/.broker-ipam.0123", "half a plu");
        var other = _folder.Write("host/bin/.bridge.0123", "somebody else's");

        _ = await InstallAsync();

        Assert.False(File.Exists(left));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public async Task Remove_takes_away_what_install_put_and_nothing_else()
    {
        _ = await InstallAsync();
        var other = _folder.Write("host/net.d/20-other.conflist", "{}");

        var (exitCode, says) = await RunAsync(
            "remove", $"--bin={_folder["host/bin"]}", $"--conf={List}", $"--ca={Ca}", "--once");

        Assert.Equal(0, exitCode);
        Assert.All(new[] { Plugin, Ca, List }, file => Assert.False(File.Exists(file), file));
        Assert.True(File.Exists(other));
        Assert.True(says.IndexOf(List, StringComparison.Ordinal) < says.IndexOf(Plugin, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://$(BROKER_SERVICE_HOST):8443")]
    [InlineData("http://192.0.2.7:8443")]
    [InlineData("https://192.0.2.7:8443/path")]
    [InlineData("192.0.2.7")]
    public async Task An_address_that_no_plugin_could_ask_is_refused(string server)
    {
        var (exitCode, says) = await InstallAsync(server);

        Assert.Equal(2, exitCode);
        Assert.Contains("--server", says, StringComparison.Ordinal);
        Assert.False(File.Exists(List));
    }

    [Fact]
    public async Task A_misspelt_or_missing_option_is_named()
    {
        var (misspelt, says) = await RunAsync("install", "--bim=/x");
        Assert.Equal(2, misspelt);
        Assert.Contains("--bim", says, StringComparison.Ordinal);

        var (missing, names) = await RunAsync("remove", "--bin=/x", "--ca=/y");
        Assert.Equal(2, missing);
        Assert.Contains("--conf is missing", names, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_an_installer_that_a_runtime_starts() =>
        Assert.False(InstallProgram.IsFor([]));

    private static async Task<string> TextAsync(string file) =>
        await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

    private async Task<(int ExitCode, string Says)> InstallAsync(string server = Server, bool expectSays = true)
    {
        var (exitCode, says) = await RunAsync(
            "install", $"--bin={_folder["host/bin"]}", $"--conf={List}",
            $"--conf-template={_folder["mounted/conflist.json"]}", $"--ca={Ca}",
            $"--ca-source={_folder["mounted/ca.crt"]}", $"--server={server}", "--once");
        return (exitCode, expectSays ? says : "");
    }

    private async Task<(int ExitCode, string Says)> RunAsync(params string[] arguments)
    {
        using var errors = new MemoryStream();
        var exitCode = await InstallProgram.RunAsync(arguments, _program, errors, TimeProvider.System);
        return (exitCode, Encoding.UTF8.GetString(errors.ToArray()));
    }
}
