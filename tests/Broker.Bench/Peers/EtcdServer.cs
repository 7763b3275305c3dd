using System.Net;
using System.Security.Cryptography.X509Certificates;
using Broker.Bench.Load;
using Broker.Bench.Peers.Wire;
using Broker.Client;
using Broker.Identity.Authorities;
using Broker.Identity.Trust;
using Broker.Testing.Processes;
using Google.Protobuf;

namespace Broker.Bench.Peers;

/// <summary>
/// Debian's etcd on loopback, with its defaults (each put is fsynced before it is answered) and mutual TLS.
/// </summary>
internal sealed class EtcdServer : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private readonly TestProcess _process;
    private readonly X509Certificate2Collection _anchors;
    private readonly X509Certificate2 _client;

    private EtcdServer(TestProcess process, Uri address, X509Certificate2Collection anchors, X509Certificate2 client) =>
        (_process, Address, _anchors, _client) = (process, address, anchors, client);

    private Uri Address { get; }

    /// <summary>Starts it with its data in a folder of its own.</summary>
    /// <exception cref="TimeoutException">It does not serve; the message has what it said.</exception>
    public static async Task<EtcdServer> StartAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var (now, day) = (TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        using var authority = CertificateAuthority.Create("bench etcd CA", now, day);
        string In(string name) => Path.Combine(folder, name);
        authority.Save(In("ca.crt"), In("ca.key"));
        using var server = ServerCertificateIssuer.Issue(authority, ["localhost"], [IPAddress.Loopback], now, day);
        KeyFiles.Write(server, In("server.crt"), In("server.key"));
        var client = PersonCertificateIssuer.Issue(authority, CallerRole.Operator, "bench", now, day);
        var ports = FreePort.Take(2);
        var (clients, peers) = ($"https://127.0.0.1:{ports[0]}", $"http://127.0.0.1:{ports[1]}");
        var process = TestProcess.Start(
            "etcd",
            [
                "--name", "bench", "--data-dir", In("data"), "--log-level", "error",
                "--listen-client-urls", clients, "--advertise-client-urls", clients,
                "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers,
                "--initial-cluster", $"bench={peers}",
                "--client-cert-auth", "--trusted-ca-file", In("ca.crt"),
                "--cert-file", In("server.crt"), "--key-file", In("server.key"),
            ],
            start => start.WorkingDirectory = folder);
        var anchors = new X509Certificate2Collection();
        anchors.ImportFromPemFile(In("ca.crt"));
        var etcd = new EtcdServer(process, new Uri(clients), anchors, client);
        await etcd.WaitUntilServingAsync();
        return etcd;
    }

    /// <summary>Where it serves, and as whom it is asked.</summary>
    public BrokerEndpoint Endpoint => new(Address, _anchors, _client);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _client.Dispose();
    }

    private async Task WaitUntilServingAsync()
    {
        using var connections = new LoadConnections([Endpoint]);
        var probe = EtcdPuts.Call(
            "Put", new PutRequest { Key = ByteString.CopyFromUtf8("probe"), Value = ByteString.Empty });
        await Eventually.HoldsAsync(
            "etcd serves",
            () =>
            {
                try
                {
                    var reply = connections.Ask(0, probe);
                    return Task.FromResult(EtcdPuts.IsDone(reply.Status, reply.Body));
                }
                catch (IOException) when (!_process.HasExited)
                {
                    return Task.FromResult(false);
                }
            },
            StartDeadline);
    }
}
