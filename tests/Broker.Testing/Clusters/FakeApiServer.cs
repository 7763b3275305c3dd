using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Broker.Testing.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Broker.Testing.Clusters;

/// <summary>
/// Plays the lists and watches of CSRs and Nodes, for faults that no real API server makes on demand. Plain HTTP on
/// loopback; it checks nobody.
/// </summary>
public sealed class FakeApiServer : IAsyncDisposable
{
    private const string CsrPath = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private const string NodePath = "/api/v1/nodes";
    private const string Gone =
        """
        {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Gone","code":410}}
        """;

    private readonly FakeObjects _csrs = new();
    private readonly FakeObjects _nodes = new();
    private readonly int _port = FreePort.Take();
    private CancellationTokenSource _watches = new();
    private WebApplication? _app;
    private long _version = 100;
    private int _lists;
    private int _openWatches;

    /// <summary>Its Events, and the pods that are read one by one.</summary>
    public FakeEvents Events { get; } = new();

    /// <summary>Lists that were answered.</summary>
    public int Lists => Volatile.Read(ref _lists);

    /// <summary>Watches that are open now.</summary>
    public int OpenWatches => Volatile.Read(ref _openWatches);

    /// <summary>Whether every call is answered with 500.</summary>
    public bool IsBroken { get; set; }

    /// <summary>A kubeconfig for it.</summary>
    public string Kubeconfig =>
        $"""
        apiVersion: v1
        kind: Config
        clusters: [ {"{"} name: fake, cluster: {"{"} server: "http://127.0.0.1:{_port}" {"}"} {"}"} ]
        users: [ {"{"} name: fake, user: {"{"} token: "not-checked" {"}"} {"}"} ]
        contexts: [ {"{"} name: fake, context: {"{"} cluster: fake, user: fake {"}"} {"}"} ]
        current-context: fake
        """;

    public static async Task<FakeApiServer> StartAsync()
    {
        var server = new FakeApiServer();
        await server.UpAsync().ConfigureAwait(false);
        return server;
    }

    /// <summary>Starts again after <see cref="DownAsync"/>, with all that it knows.</summary>
    public async Task UpAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync().ConfigureAwait(false);
    }

    /// <summary>Stops as a crash does: connections break, calls fail.</summary>
    public async Task DownAsync()
    {
        if (Interlocked.Exchange(ref _app, null) is { } app)
        {
            // A client is quick to open the watch again that was ended, and a stop that has patience waits for it.
            using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
            await app.StopAsync(impatience.Token).ConfigureAwait(false);
            await app.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends every watch that is open.</summary>
    public async Task DropWatchesAsync()
    {
        using var old = Interlocked.Exchange(ref _watches, new CancellationTokenSource());
        await old.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Forgets the history, as etcd's compaction does: who resumes before now gets 410.</summary>
    public void Compact()
    {
        var version = Interlocked.Increment(ref _version);
        _csrs.Forget(version);
        _nodes.Forget(version);
    }

    public void PutCsr(JsonObject csr) => _csrs.Put(csr, Interlocked.Increment(ref _version));

    /// <summary>A copy of the one that fits.</summary>
    public JsonObject FindCsr(Func<JsonObject, bool> fits) => _csrs.Find(fits);

    public void DeleteCsr(string name) => _csrs.Delete(name, Interlocked.Increment(ref _version));

    /// <summary>Registers a Node, made now or a while ago; the answer is its UID.</summary>
    public string PutNode(string name, TimeSpan age = default)
    {
        var uid = Guid.NewGuid().ToString();
        _nodes.Put(
            new JsonObject
            {
                ["kind"] = "Node",
                ["apiVersion"] = "v1",
                ["metadata"] = new JsonObject
                {
                    ["name"] = name,
                    ["uid"] = uid,
                    ["creationTimestamp"] = Now(age),
                },
            },
            Interlocked.Increment(ref _version));
        return uid;
    }

    public void DeleteNode(string name) => _nodes.Delete(name, Interlocked.Increment(ref _version));

    /// <summary>The Node is gone, and its delete event never comes.</summary>
    public void LoseNode(string name) => _nodes.Lose(name);

    /// <summary>Sends a line to the watches of Nodes, whatever it is.</summary>
    public void Say(string line) => _nodes.Say(line, Interlocked.Increment(ref _version));

    public async ValueTask DisposeAsync()
    {
        await DownAsync().ConfigureAwait(false);
        _watches.Dispose();
    }

    /// <summary>The time as objects have it: to the second.</summary>
    internal static string Now(TimeSpan ago = default) =>
        (TimeProvider.System.GetUtcNow() - ago).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private async Task AnswerAsync(HttpContext context)
    {
        if (!IsBroken && await Events.TryAnswerAsync(context).ConfigureAwait(false))
        {
            return;
        }

        var (objects, kind) = context.Request.Path.Value switch
        {
            CsrPath => (_csrs, "CertificateSigningRequest"),
            NodePath => (_nodes, "Node"),
            _ => (null, string.Empty),
        };
        if (objects is null || IsBroken)
        {
            context.Response.StatusCode = objects is null ? 404 : 500;
            return;
        }

        context.Response.ContentType = "application/json";
        if (context.Request.Query["watch"] == "true")
        {
            var version = long.Parse(context.Request.Query["resourceVersion"]!, CultureInfo.InvariantCulture);
            await WatchAsync(context, objects, version).ConfigureAwait(false);
            return;
        }

        _ = Interlocked.Increment(ref _lists);
        await context.Response.WriteAsync(objects.List(kind, Interlocked.Read(ref _version))).ConfigureAwait(false);
    }

    private async Task WatchAsync(HttpContext context, FakeObjects objects, long version)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _watches.Token);
        _ = Interlocked.Increment(ref _openWatches); // Read where it is shown.
        try
        {
            await context.Response.StartAsync(stop.Token).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(stop.Token).ConfigureAwait(false);
            while (objects.After(version) is { } news)
            {
                foreach (var (at, line) in news.Lines)
                {
                    await context.Response.WriteAsync(line + "\n", stop.Token).ConfigureAwait(false);
                    version = at;
                }

                await context.Response.Body.FlushAsync(stop.Token).ConfigureAwait(false);
                await news.Changed.WaitAsync(stop.Token).ConfigureAwait(false);
            }

            await context.Response.WriteAsync(Gone + "\n", stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The watch was ended by either side: that is what it waited for.
            return;
        }
        finally
        {
            _ = Interlocked.Decrement(ref _openWatches); // Read where it is shown.
        }
    }
}
