using System.Security.Cryptography.X509Certificates;
using Broker.Client;
using Broker.Identity.Authorities;
using Broker.Identity.Trust;
using Broker.Server.Hosting;
using Broker.Server.Init;
using Broker.Server.Options;
using Broker.Testing.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Broker.Testing.Servers;

/// <summary>
/// A whole broker in this process: a data folder as <c>init</c> makes it, real listeners on loopback, and calls over
/// real mutual TLS. Restarts keep folder and ports.
/// </summary>
public sealed class TestBroker : IAsyncDisposable
{
    private static readonly TimeSpan startDeadline = TimeSpan.FromSeconds(20);
    private readonly TempFolder _temp = new();
    private readonly Stack<IDisposable> _owned = new();
    private readonly TestBrokerPlan _plan;
    private BrokerHost? _host;

    private TestBroker(TestBrokerPlan plan)
    {
        _plan = plan;
        var ports = FreePort.Take(4);
        Listen = new ListenOptions
        {
            Node = $"127.0.0.1:{ports[0]}",
            People = $"127.0.0.1:{ports[1]}",
            Enrol = $"127.0.0.1:{ports[2]}",
            Health = $"127.0.0.1:{ports[3]}",
        };
    }

    /// <summary>The data folder.</summary>
    public string Folder => _temp["data"];

    /// <summary>What the broker logged as a warning or worse, over all its starts.</summary>
    public TestLog Log { get; } = new();

    /// <summary>The operator that <c>init</c> made.</summary>
    public PeopleApi Operator { get; private set; } = null!;

    /// <summary>An auditor.</summary>
    public PeopleApi Auditor { get; private set; } = null!;

    /// <summary>The enrol listener.</summary>
    public EnrolApi Enrol { get; private set; } = null!;

    /// <summary>The operator's certificate with its key.</summary>
    public X509Certificate2 OperatorCertificate { get; private set; } = null!;

    /// <summary>An auditor's certificate with its key.</summary>
    public X509Certificate2 AuditorCertificate { get; private set; } = null!;

    /// <summary>The CA that clients of this broker trust.</summary>
    public X509Certificate2Collection Anchors { get; } = [];

    internal ListenOptions Listen { get; }

    internal BrokerHost Host => _host ?? throw new InvalidOperationException("The broker is stopped.");

    /// <summary>Makes the folder and starts.</summary>
    public static async Task<TestBroker> StartAsync(TestBrokerPlan? plan = null)
    {
        var broker = new TestBroker(plan ?? new TestBrokerPlan());
        try
        {
            await DataFolder.CreateAsync(
                new InitPlan(
                    broker.Folder, "test.local/ledger", ["localhost", "127.0.0.1", "::1"], "olga", broker.Listen, []),
                broker._plan.Time,
                CancellationToken.None).ConfigureAwait(false);
            broker._plan.Prepare(broker.Folder);
            broker.LoadPeople();
            await broker.StartAgainAsync().ConfigureAwait(false);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The same broker again after <see cref="StopAsync"/>: same folder, same ports.</summary>
    public async Task StartAgainAsync()
    {
        // While it was down, somebody else's outgoing connection may sit on a port for a moment.
        await Eventually.HoldsAsync("the broker's ports are free", TryStartAsync, startDeadline).ConfigureAwait(false);
    }

    /// <summary>Stops as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _host, null) is { } host)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops and starts.</summary>
    public async Task RestartAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await StartAgainAsync().ConfigureAwait(false);
    }

    /// <summary>A node that has a certificate, by a token of its own; its first use is still to come.</summary>
    public async Task<TestNode> EnrolNodeAsync(string name)
    {
        var node = Own(new TestNode(this, name));
        await node.EnrolAsync(await IssueTokenAsync(name).ConfigureAwait(false)).ConfigureAwait(false);
        return node;
    }

    /// <summary>A node that has a key and no certificate.</summary>
    public TestNode NewNode(string name) => Own(new TestNode(this, name));

    /// <summary>A bootstrap token for the named nodes, or for one use.</summary>
    public async Task<string> IssueTokenAsync(params string[] nodes)
    {
        var issued = await Operator
            .IssueTokenAsync(new(nodes.Length == 0 ? null : nodes), CancellationToken.None).ConfigureAwait(false);
        return issued.OrThrow().Token;
    }

    /// <summary>Calls one listener with whatever bytes a test likes.</summary>
    public RawApi Raw(TestListener listener, X509Certificate2? certificate = null) =>
        Own(new RawApi(AddressOf(listener), Anchors, certificate));

    /// <summary>The address of a listener.</summary>
    public Uri AddressOf(TestListener listener) => new(listener switch
    {
        TestListener.Node => $"https://{Listen.Node}",
        TestListener.People => $"https://{Listen.People}",
        TestListener.Enrol => $"https://{Listen.Enrol}",
        _ => $"http://{Listen.Health}",
    });

    /// <summary>A connection of its own to one listener.</summary>
    public BrokerConnection Connect(TestListener listener, X509Certificate2? certificate) =>
        Own(new BrokerConnection(new BrokerEndpoint(AddressOf(listener), Anchors, certificate)));

    /// <summary>One of the CAs that <c>init</c> made: <c>node-ca</c>, <c>operator-ca</c> or <c>broker-ca</c>.</summary>
    public CertificateAuthority LoadAuthority(string name)
    {
        var pki = Path.Combine(Folder, "pki", name);
        var load = CertificateAuthority.Load($"{pki}.crt", $"{pki}.key", _plan.Time.GetUtcNow());
        return Own(load.Authority ?? throw new InvalidOperationException(load.Refusal!.Detail));
    }

    /// <summary>Disposes something together with this broker.</summary>
    public T Own<T>(T thing)
        where T : IDisposable
    {
        lock (_owned)
        {
            _owned.Push(thing);
        }

        return thing;
    }

    public async ValueTask DisposeAsync()
    {
        while (_owned.TryPop(out var thing))
        {
            thing.Dispose();
        }

        await StopAsync().ConfigureAwait(false);
        _temp.Dispose();
    }

    internal SettingsResult ReadSettings()
    {
        // A test asks as quickly as it is answered, unless the rate is what it is about.
        var settings = new Dictionary<string, string?>
        {
            ["log:level"] = "error",
            ["limits:nodeRequestsPerSecond"] = "1000000",
            ["limits:nodeRequestBurst"] = "1000000",
        };
        foreach (var (key, value) in _plan.Settings)
        {
            settings[key] = value;
        }

        return SettingsReader.Read(Folder, settings);
    }

    private async Task<bool> TryStartAsync()
    {
        var settings = ReadSettings();
        if (settings.Settings is not { } good)
        {
            throw new InvalidOperationException(string.Join(' ', settings.Faults));
        }

        try
        {
            _host = await BrokerHost.StartAsync(
                good with { Log = new LogOptions { Format = "text", Level = "warning" } },
                _plan.Time,
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (StartFailureException failure) when (failure.Code == "port_taken")
        {
            return false;
        }

        _host.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
        return true;
    }

    private void LoadPeople()
    {
        var pki = Path.Combine(Folder, "pki");
        Anchors.ImportFromPemFile(Path.Combine(pki, "broker-ca.crt"));
        OperatorCertificate = Own(X509Certificate2.CreateFromPemFile(
            Path.Combine(pki, "operator.crt"), Path.Combine(pki, "operator.key")));
        AuditorCertificate = Own(PersonCertificateIssuer.Issue(
            LoadAuthority("operator-ca"), CallerRole.Auditor, "axel", _plan.Time.GetUtcNow(), TimeSpan.FromDays(2)));
        Operator = new PeopleApi(Connect(TestListener.People, OperatorCertificate));
        Auditor = new PeopleApi(Connect(TestListener.People, AuditorCertificate));
        Enrol = new EnrolApi(Connect(TestListener.Enrol, null));
    }
}
