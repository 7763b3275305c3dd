using System.Globalization;
using Broker.Testing.Processes;

namespace Broker.Testing.Dapr;

/// <summary>
/// A PostgreSQL server of the test's own: loopback, a folder of its own, synchronous commits. It refuses to run as
/// root, so root starts it as the account that owns nothing.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Nobody = "nobody";
    private const string NoGroup = "nogroup";
    private static readonly TimeSpan startDeadline = TimeSpan.FromMinutes(1);
    private readonly TempFolder _folder;
    private readonly TestProcess _process;

    private PostgresServer(TempFolder folder, TestProcess process, int port) =>
        (_folder, _process, Port) = (folder, process, port);

    public int Port { get; }

    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=broker;Database=postgres;Timeout=5");

    public static async Task<PostgresServer> StartAsync()
    {
        var programs = Programs();
        Requires.That(programs is not null, "postgres is missing; install it with: apt-get install postgresql");
        var folder = new TempFolder();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", [$"{Nobody}:{NoGroup}", folder.Path]);
        }

        var data = folder["data"];
        var (initdb, initArguments) = AsNobody(Path.Combine(programs!, "initdb"),
            ["-D", data, "-U", "broker", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]);
        await RunAsync(initdb, initArguments);
        var port = FreePort.Take();
        var (postgres, arguments) = AsNobody(Path.Combine(programs!, "postgres"),
        [
            "-D", data,
            "-p", port.ToString(CultureInfo.InvariantCulture),
            "-k", folder.Path,
            "-c", "listen_addresses=127.0.0.1",
            "-c", "synchronous_commit=on",
            "-c", "max_connections=200",
        ]);
        var process = TestProcess.Start(postgres, arguments, start => start.WorkingDirectory = folder.Path);
        await process.WaitForLineAsync(
            line => line.Contains("ready to accept connections", StringComparison.Ordinal), startDeadline);
        return new PostgresServer(folder, process, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    // Debian keeps them out of the PATH, one folder a version.
    private static string? Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal)
            .Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private static (string Program, IReadOnlyList<string> Arguments) AsNobody(
        string program, IReadOnlyList<string> arguments) => Environment.IsPrivilegedProcess
        ? ("setpriv", ["--reuid", Nobody, "--regid", NoGroup, "--clear-groups", program, .. arguments])
        : (program, arguments);

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments)
    {
        await using var process = TestProcess.Start(program, arguments, start => start.WorkingDirectory = "/");
        var exitCode = await process.WaitForExitAsync(startDeadline);
        if (exitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} ended with {exitCode}: {string.Join('\n', process.Output)}");
        }
    }
}
