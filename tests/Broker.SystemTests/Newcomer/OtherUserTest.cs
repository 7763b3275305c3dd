using System.Globalization;
using Broker.Testing;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Newcomer;

/// <summary>Folders and networks that the one who starts the program may not use.</summary>
public sealed class OtherUserTest
{
    /// <summary>Nobody's user and group on Debian.</summary>
    private const string Nobody = "65534";

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named_at_init()
    {
        using var temp = ClosedFolder();

        var result = await RunAsNobodyAsync([], "init", "--data", temp["closed/data"]);

        NewcomerTest.AssertSays(result, 1, "folder_unusable", temp["closed/data"]);
    }

    [Fact]
    public async Task A_temporary_folder_that_cannot_be_written_is_named()
    {
        using var temp = ClosedFolder();

        var result = await RunAsNobodyAsync([$"TMPDIR={temp["closed"]}"], "demo", "--once");

        NewcomerTest.AssertSays(result, 1, "temp_unusable", temp["closed"], "TMPDIR");
    }

    [Fact]
    public async Task A_data_folder_of_somebody_else_is_named_at_serve_and_verify()
    {
        Requires.Root();
        using var temp = ClosedFolder();
        var folder = await NewcomerTest.InitAsync(temp);

        var served = await RunAsNobodyAsync([], [.. ServedBroker.Arguments(folder, FreePort.Take(4))]);
        var verified = await RunAsNobodyAsync([], "verify", "--data", folder);

        NewcomerTest.AssertSays(served, 2, folder);
        NewcomerTest.AssertSays(verified, 1, folder);
    }

    [Fact]
    public async Task A_data_folder_whose_files_are_read_only_is_named_at_serve()
    {
        Requires.Root();
        using var temp = ClosedFolder();
        var folder = await NewcomerTest.InitAsync(temp);
        var readable = await BrokerProgram.RunAsync(TestProcess.Start("chmod", ["-R", "a+rX", folder]));
        Assert.Equal(0, readable.ExitCode);

        var served = await RunAsNobodyAsync([], [.. ServedBroker.Arguments(folder, FreePort.Take(4))]);

        NewcomerTest.AssertSays(served, 1, folder);
    }

    [Fact]
    public async Task Without_IPv6_the_demo_plays_and_an_IPv6_listener_is_refused_with_its_address()
    {
        const string Without = "ip link set lo up && sysctl -qw net.ipv6.conf.all.disable_ipv6=1";
        Assert.SkipUnless(
            Requires.FindCommand("unshare") is not null
                && (await RunInNamespaceAsync(Without)).ExitCode == 0,
            "no network namespace of one's own here (unshare, ip and sysctl as root)");
        using var temp = new TempFolder();
        var folder = await NewcomerTest.InitAsync(temp);

        var demo = await RunInNamespaceAsync($"{Without} && {Command("demo", "--once")}");
        var serve = await RunInNamespaceAsync($"{Without} && " + Command(
            [.. ServedBroker.Arguments(folder, [18443, 18444, 18445, 18081]), "--set", "listen:node=[::1]:18443"]));

        Assert.True(demo.ExitCode == 0, demo.Text);
        NewcomerTest.AssertSays(serve, 1, "cannot_listen", "[::1]:18443");
    }

    /// <summary>A folder that everybody may enter, with <c>closed</c> in it, where only root may write.</summary>
    private static TempFolder ClosedFolder()
    {
        var temp = new TempFolder();
        File.SetUnixFileMode(temp.Path, ReadAndEnter | UnixFileMode.UserWrite);
        _ = Directory.CreateDirectory(temp["closed"]); // The mode is set on the next line.
        File.SetUnixFileMode(temp["closed"], Environment.IsPrivilegedProcess ? ReadAndEnter | UnixFileMode.UserWrite
            : ReadAndEnter);
        return temp;
    }

    private static UnixFileMode ReadAndEnter =>
        UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>As somebody without rights: nobody when this is root, else whoever this is.</summary>
    private static Task<ProgramResult> RunAsNobodyAsync(IEnumerable<string> variables, params string[] arguments)
    {
        var drop = Array.Empty<string>();
        if (Environment.IsPrivilegedProcess)
        {
            Requires.Command("setpriv", "util-linux");
            drop = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"];
        }

        return BrokerProgram.RunAsync(TestProcess.Start(
            "env",
            ["HOME=/nonexistent", .. variables, .. drop, DotnetHost.Path, BrokerProgram.Dll, .. arguments],
            start => start.WorkingDirectory = "/"));
    }

    private static Task<ProgramResult> RunInNamespaceAsync(string script) =>
        BrokerProgram.RunAsync(TestProcess.Start("unshare", ["--net", "sh", "-c", script]));

    private static string Command(params IEnumerable<string> arguments) => string.Create(
        CultureInfo.InvariantCulture,
        $"'{DotnetHost.Path}' '{BrokerProgram.Dll}' {string.Join(' ', arguments.Select(each => $"'{each}'"))}");
}
