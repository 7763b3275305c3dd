using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Broker.Testing.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Broker.Testing.Clusters;

/// <summary>
/// Plays the lists, watches and reads of CSRs, Nodes, pods and namespaces, for faults that no real API server makes on
/// demand. Plain HTTP on loopback; it checks nobody.
/// </summary>
public sealed class FakeApiServer : IAsyncDisposable
{
    private const string CsrPath = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private const string NodePath = "/api/v1/nodes";
    private const string GoneStatus =
        """{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","code":410}""";

    private const string Gone = $$"""{"type":"ERROR","object":{{GoneStatus}}}""";

    private readonly FakeObjects _csrs = new();
    private readonly FakeObjects _nodes = new();
    private readonly FakeObjects _pods = new();
    private readonly FakeObjects _namespaces = new();
    private readonly FakeNodePatches _patches;
    private readonly int _port = FreePort.Take();
    private CancellationTokenSource _watches = new();
    private WebApplication? _app;
    private long _version = 100;
    private int _lists;
    private int _openWatches;
    private int _podReads;

    /// <summary>Its Events, and the pods that are read one by one.</summary>
    public FakeEvents Events { get; } = new();

    private FakeApiServer() =>
        _patches = new FakeNodePatches(_nodes, () => Interlocked.Increment(ref _version));

    /// <summary>Patches of Nodes that were accepted.</summary>
    public int Patches => _patches.Accepted;

    /// <summary>Told before a patch of a Node is looked at: a race that a test makes.</summary>
    public Action<string>? BeforePatch
    {
        get => _patches.Before;
        set => _patches.Before = value;
    }

    /// <summary>Lists that were answered.</summary>
    public int Lists => Volatile.Read(ref _lists);

    /// <summary>Watches that are open now.</summary>
    public int OpenWatches => Volatile.Read(ref _openWatches);

    /// <summary>Whether every call is answered with 500.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether pods may not be read: 403.</summary>
    public bool ForbidsPods { get; set; }

    /// <summary>Objects of a page; what a caller asks for is not looked at.</summary>
    public int PageObjects { get; set; } = 500;

    /// <summary>Called between two pages of a list.</summary>
    public Action BetweenPages { get; set; } = () => { };

    /// <summary>Reads of single pods that were answered.</summary>
    public int PodReads => Volatile.Read(ref _podReads);

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
        foreach (var objects in (FakeObjects[])[_csrs, _nodes, _pods, _namespaces])
        {
            objects.Forget(version);
        }
    }

    public void PutCsr(JsonObject csr) => _csrs.Put(csr, Interlocked.Increment(ref _version));

    /// <summary>A copy of the one that fits.</summary>
    public JsonObject FindCsr(Func<JsonObject, bool> fits) => _csrs.Find(fits);

    public void DeleteCsr(string name) => _csrs.Delete(name, Interlocked.Increment(ref _version));

    /// <summary>Registers a Node that was made a while ago; the answer is its UID.</summary>
    public string PutNode(string name, TimeSpan age) => PutNode(name, age, "192.0.2.1", []);

    /// <summary>Registers a Node, as a rule with its address and without podCIDRs; the answer is its UID.</summary>
    public string PutNode(string name, string? address = "192.0.2.1", params string[] podCidrs) =>
        PutNode(name, TimeSpan.Zero, address, podCidrs);

    private string PutNode(string name, TimeSpan age, string? address, string[] podCidrs)
    {
        var spec = podCidrs.Length == 0 ? [] : new JsonObject
        {
            ["podCIDR"] = podCidrs[0],
            ["podCIDRs"] = new JsonArray([.. podCidrs.Select(cidr => JsonValue.Create(cidr))]),
        };
        var addresses = address is null
            ? new JsonArray()
            : new JsonArray(new JsonObject { ["type"] = "InternalIP", ["address"] = address });
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
                ["spec"] = spec,
                ["status"] = new JsonObject
                {
                    ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }),
                    ["addresses"] = addresses,
                },
            },
            Interlocked.Increment(ref _version));
        return uid;
    }

    /// <summary>Puts a pod; the answer is its UID.</summary>
    public string PutPod(FakePod pod)
    {
        _pods.Put(pod.ToJson(), Interlocked.Increment(ref _version));
        return pod.Uid;
    }

    public void DeletePod(FakePod pod) => _pods.Delete(pod.Path, Interlocked.Increment(ref _version));

    /// <summary>The pod is gone, and its delete event never comes.</summary>
    public void LosePod(FakePod pod) => _pods.Lose(pod.Path);

    /// <summary>Puts a namespace with annotations.</summary>
    public void PutNamespace(string name, params ReadOnlySpan<(string Key, string Value)> annotations) =>
        _namespaces.Put(
            new JsonObject
            {
                ["kind"] = "Namespace",
                ["apiVersion"] = "v1",
                ["metadata"] = new JsonObject
                {
                    ["name"] = name,
                    ["uid"] = Guid.NewGuid().ToString(),
                    ["annotations"] = FakePod.Annotated(annotations),
                },
            },
            Interlocked.Increment(ref _version));

    /// <summary>The Node is there, changed: its kubelet tells its address.</summary>
    public void TellAddress(string name, string address) => _ = _nodes.Change( // False: it is gone.
        name,
        Interlocked.Increment(ref _version),
        node =>
        {
            node["status"]!["addresses"] =
                new JsonArray(new JsonObject { ["type"] = "InternalIP", ["address"] = address });
            return true;
        });

    /// <summary>The podCIDRs of a Node; empty while it has none.</summary>
    public IReadOnlyList<string> PodCidrs(string name) =>
        [.. (_nodes.Read(name)?["spec"]?["podCIDRs"] as JsonArray ?? []).Select(cidr => (string)cidr!)];

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

        var path = context.Request.Path.Value!;
        if (!IsBroken && context.Request.Method == "PATCH" && path.StartsWith(NodePath + "/", StringComparison.Ordinal))
        {
            await _patches.AnswerAsync(context, path[(NodePath.Length + 1)..]).ConfigureAwait(false);
            return;
        }

        var (objects, kind, name) = Find(path);
        if (objects is null || IsBroken || (objects == _pods && ForbidsPods))
        {
            context.Response.StatusCode = objects is null ? 404 : IsBroken ? 500 : 403;
            return;
        }

        context.Response.ContentType = "application/json";
        if (name is not null)
        {
            await ReadAsync(context, objects, name).ConfigureAwait(false);
        }
        else if (context.Request.Query["watch"] == "true")
        {
            var version = long.Parse(context.Request.Query["resourceVersion"]!, CultureInfo.InvariantCulture);
            await WatchAsync(context, objects, version).ConfigureAwait(false);
        }
        else
        {
            await ListAsync(context, objects, kind).ConfigureAwait(false);
        }
    }

    private (FakeObjects? Objects, string Kind, string? Name) Find(string path) => path.Split('/') switch
    {
        _ when path == CsrPath => (_csrs, "CertificateSigningRequest", null),
        ["", "api", "v1", "nodes"] => (_nodes, "Node", null),
        ["", "api", "v1", "nodes", var name] => (_nodes, "Node", name),
        ["", "api", "v1", "pods"] => (_pods, "Pod", null),
        ["", "api", "v1", "namespaces"] => (_namespaces, "Namespace", null),
        ["", "api", "v1", "namespaces", var name] => (_namespaces, "Namespace", name),
        ["", "api", "v1", "namespaces", var space, "pods", var name] => (_pods, "Pod", $"{space}/{name}"),
        _ => (null, string.Empty, null),
    };

    private async Task ListAsync(HttpContext context, FakeObjects objects, string kind)
    {
        var next = (string?)context.Request.Query["continue"];
        if (string.IsNullOrEmpty(next))
        {
            _ = Interlocked.Increment(ref _lists);
        }
        else
        {
            BetweenPages();
        }

        var page = objects.Page(kind, Interlocked.Read(ref _version), PageObjects, next);
        context.Response.StatusCode = page is null ? 410 : 200;
        await context.Response.WriteAsync(page ?? GoneStatus).ConfigureAwait(false);
    }

    private async Task ReadAsync(HttpContext context, FakeObjects objects, string name)
    {
        if (objects == _pods)
        {
            _ = Interlocked.Increment(ref _podReads);
        }

        var found = objects.Find(name);
        context.Response.StatusCode = found is null ? 404 : 200;
        await context.Response.WriteAsync(found ?? Absent(context.Request.Path.Value!)).ConfigureAwait(false);
    }

    // As a real one says it: the kind and name of what is not there.
    private static string Absent(string path)
    {
        var parts = path.Split('/');
        return new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["status"] = "Failure",
            ["reason"] = "NotFound",
            ["details"] = new JsonObject { ["name"] = parts[^1], ["kind"] = parts[^2] },
            ["code"] = 404,
        }.ToJsonString();
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
