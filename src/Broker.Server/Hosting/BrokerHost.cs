using System.Net.Sockets;
using System.Runtime.InteropServices;
using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Journal.Writing;
using Broker.Kubernetes.Client;
using Broker.Server.Api;
using Broker.Server.Api.Routes;
using Broker.Server.Cluster;
using Broker.Server.Options;
using Broker.Server.Rotation;
using Broker.Server.Telemetry;
using Broker.Server.Tls;

namespace Broker.Server.Hosting;

/// <summary>
/// A running broker: the store, its writer, and the listeners over them. Stopping goes the other way round: no new
/// requests, then everything that was taken is made durable and answered, then the store is closed.
/// </summary>
internal sealed partial class BrokerHost : IAsyncDisposable
{
    private readonly IJournalStore _store;
    private readonly WebApplication _app;
    private readonly LedgerWriter _writer;
    private readonly StartFigures _figures;
    private int _disposed;

    private BrokerHost(IJournalStore store, LedgerWriter writer, WebApplication app, StartFigures figures) =>
        (_store, _writer, _app, _figures) = (store, writer, app, figures);

    public IServiceProvider Services => _app.Services;

    public LedgerWriter Writer => _writer;

    /// <summary>Opens the ledger, takes it over and listens.</summary>
    /// <exception cref="StartFailureException">Something is in the way; the message says what to do.</exception>
    public static async Task<BrokerHost> StartAsync(
        BrokerSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        var parts = new StartParts();
        try
        {
            return await StartAsync(settings, time, parts, cancellation);
        }
        catch (Exception error)
        {
            await parts.DisposeAsync();
            if (Explain(error, settings) is { } failure)
            {
                throw failure;
            }

            throw;
        }
    }

    /// <summary>
    /// Serves until told to stop (SIGTERM, SIGINT) or until the journal fails; the exit code tells which. SIGHUP reads
    /// the key files again at once.
    /// </summary>
    public async Task<int> RunAsync()
    {
        var lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
        var stopped = _writer.Stopped.ContinueWith(
            _ => lifetime.StopApplication(), TaskScheduler.Default);
        var rotation = Services.GetRequiredService<KeyRotation>();
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            rotation.Look();
        });
        await _app.WaitForShutdownAsync();
        var failed = _writer.Stopped.IsFaulted;
        await DisposeAsync();
        await stopped;
        return failed ? ExitCodes.JournalFailed : ExitCodes.Good;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _app.StopAsync();
        await _app.DisposeAsync();
        await _writer.DisposeAsync();
        await _store.DisposeAsync();
        _figures.Dispose();
        if (_writer.Stopped.Exception is { } failure)
        {
            // Logging went with the application; standard error is what is left to say it on.
            await Console.Error.WriteLineAsync($"broker: {failure.InnerException?.Message ?? failure.Message}");
        }
    }

    private static async Task<BrokerHost> StartAsync(
        BrokerSettings settings, TimeProvider time, StartParts parts, CancellationToken cancellation)
    {
        ServerPair.Finish(settings.Pki);
        var keys = new LiveKeys(KeyMaterial.Load(settings.Pki, time));
        var store = await JournalStores.WriteAsync(settings.DataFolder, settings.Dapr, cancellation);
        parts.Add(store);
        var figures = new StartFigures(time);
        parts.Add(figures);
        var observer = new IdentityObserver(figures.Index);
        var notices = new NoticeObserver();
        var podCidrs = new PodCidrObserver();
        var writer = await LedgerWriter.StartAsync(
            store,
            new LedgerWriterSettings { QueueMax = settings.Limits.QueuedCommandsMax, Told = figures.Told },
            time,
            [
                observer,
                figures.Observer,
                notices,
                podCidrs,
                .. settings.Kubernetes is null ? [] : new[] { figures.PodLeases },
            ],
            cancellation);
        parts.Add(writer);
        var app = BrokerServices.Build(settings, time, keys, writer, figures);
        figures.Observer.Serving = true;
        parts.Add(app);
        observer.Connections = app.Services.GetRequiredService<ConnectionRegistry>();
        notices.Notices = app.Services.GetRequiredService<ClusterNotices>();
        podCidrs.Service = app.Services.GetService<PodCidrService>();
        observer.Addresses = app.Services.GetRequiredService<SeenNodeAddresses>();
        app.Services.GetRequiredService<BrokerGauges>().Register();
        Pipeline.Use(app);
        await app.StartAsync(cancellation);
        app.Services.GetRequiredService<StartMark>().Set();
        LogStarted(app.Logger, writer.Durable.Origin, writer.Durable.Epoch, writer.Durable.Size);
        return new BrokerHost(store, writer, app, figures);
    }

    private static StartFailureException? Explain(Exception error, BrokerSettings settings) => error switch
    {
        JournalStoreException store => new StartFailureException(store.Code, store.Message, store),
        JournalDamagedException damage => new StartFailureException("journal_damaged", damage.Message, damage),
        ClusterSettingsException cluster => new StartFailureException(
            "kubernetes", $"{cluster.Message} Set kubernetes:kubeconfig to a file that kubectl can use.", cluster),
        WriterStoppedException stopped => new StartFailureException(stopped.Code, stopped.Message, stopped),
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } io =>
            new StartFailureException(
                "port_taken",
                $"{io.Message} Stop the program that has the port (ss -ltnp shows it), or choose another with "
                + "--set listen:node=ADDRESS:PORT (likewise people, enrol, health).",
                io),
        SocketException socket => new StartFailureException(
            "cannot_listen",
            $"{socket.Message} Listeners: {Listeners(settings)}. Check that their addresses exist on this machine "
            + "(ip address), or choose another with --set listen:node=ADDRESS:PORT (likewise people, enrol, health).",
            socket),
        _ => null,
    };

    private static string Listeners(BrokerSettings settings) => string.Join(
        ", ",
        new[]
        {
            ("node", settings.Node),
            ("people", settings.People),
            ("enrol", settings.Enrol),
            ("health", settings.Health),
        }.Where(listener => listener.Item2 is not null).Select(listener => $"{listener.Item1} {listener.Item2}"));

    [LoggerMessage(1101, LogLevel.Information, "Serving {Origin}, epoch {Epoch}, {Size} events")]
    private static partial void LogStarted(ILogger logger, string origin, long epoch, long size);
}
