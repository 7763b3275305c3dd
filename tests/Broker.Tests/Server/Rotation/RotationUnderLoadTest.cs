using System.Diagnostics;
using Broker.Contracts.Routing;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Rotation;

/// <summary>
/// Nodes ask without a pause, on connections that stay and on new ones, while every certificate and CA of the broker is
/// replaced. Nobody may notice, except who holds on to a CA that was removed.
/// </summary>
public sealed class RotationUnderLoadTest
{
    private const int NodeCount = 6;
    private const int ServerRotations = 6;
    private long _asked;
    private long _connected;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_connection_and_no_request_is_refused_while_everything_is_rotated()
    {
        await using var broker = await TestBroker.StartAsync(new TestBrokerPlan
        {
            Settings = new Dictionary<string, string?>
            {
                ["pki:rereadSeconds"] = "3600",
                ["limits:nodeConnectionsMax"] = "64",
                ["limits:nodeRequestsPerSecond"] = "1000000",
                ["limits:nodeRequestBurst"] = "1000000",
            },
        });
        var files = new PkiFiles(broker);
        var newBrokerCa = files.NewAuthority("new-broker-ca");
        var newNodeCa = files.NewAuthority("new-node-ca");
        broker.Anchors.Add(broker.Own(System.Security.Cryptography.X509Certificates.X509CertificateLoader
            .LoadCertificate(newBrokerCa.Certificate.RawData)));
        var nodes = new List<TestNode>();
        for (var i = 0; i < NodeCount; i++)
        {
            nodes.Add(await broker.EnrolNodeAsync($"rot-{i}"));
        }

        // Both CAs are trusted, the old one signs: nodes of the old CA go on.
        await WhileAskingAsync(broker, nodes, async () =>
        {
            for (var i = 0; i < ServerRotations; i++)
            {
                _ = files.ReplaceServer(broker.LoadAuthority("broker-ca"));
                await LookUnderLoadAsync(files);
            }

            files.Write("broker-ca.crt", files.Read("broker-ca.crt"), newBrokerCa.CertificatePem);
            files.Write("node-ca.crt", files.Read("node-ca.crt"), newNodeCa.CertificatePem);
            await LookUnderLoadAsync(files);
            _ = files.ReplaceServer(newBrokerCa);
            await LookUnderLoadAsync(files);
            files.WriteKey("node-ca.key", newNodeCa.Certificate);
            await LookUnderLoadAsync(files);
        });

        // Each node renews under the new CA; then the old CAs go.
        var renewed = new List<TestNode>();
        foreach (var node in nodes)
        {
            var next = node.WithNewKey();
            next.Take((await node.Api.RenewAsync(next.SigningRequest(), Cancellation)).OrThrow());
            Assert.Equal(newNodeCa.Certificate.Subject, next.Certificate.Issuer);
            renewed.Add(next);
        }

        var left = nodes[0].Raw();
        Assert.Equal("200", (await left.SendAsync("GET", ApiRoutes.WhoAmI)).Outcome);
        await WhileAskingAsync(broker, renewed, async () =>
        {
            files.Write("node-ca.crt", newNodeCa.CertificatePem);
            files.Write("broker-ca.crt", newBrokerCa.CertificatePem);
            await LookUnderLoadAsync(files);
        });

        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => left.SendAsync("GET", ApiRoutes.WhoAmI));
        Assert.DoesNotContain(
            broker.Log.Lines, line => line.Contains("cannot be taken up", StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine($"{_asked} requests, {_connected} new connections.");
    }

    private async Task WhileAskingAsync(TestBroker broker, List<TestNode> nodes, Func<Task> action)
    {
        using var stop = new CancellationTokenSource();
        var asking = nodes.SelectMany(node => new[]
        {
            Task.Run(() => AskAsync(node.Raw(), stop.Token), Cancellation),
            Task.Run(() => ConnectAsync(broker, node, stop.Token), Cancellation),
        }).ToList();
        try
        {
            await action();
        }
        finally
        {
            await stop.CancelAsync();
        }

        await Task.WhenAll(asking);
    }

    private async Task AskAsync(RawApi api, CancellationToken stop)
    {
        do
        {
            Assert.Equal("200", (await api.SendAsync("GET", ApiRoutes.Blocks)).Outcome);
            _ = Interlocked.Increment(ref _asked);
        }
        while (!stop.IsCancellationRequested);
    }

    private async Task ConnectAsync(TestBroker broker, TestNode node, CancellationToken stop)
    {
        do
        {
            using var api = new RawApi(broker.AddressOf(TestListener.Node), broker.Anchors, node.Certificate);
            Assert.Equal("200", (await api.SendAsync("GET", ApiRoutes.Blocks)).Outcome);
            _ = Interlocked.Increment(ref _connected);
        }
        while (!stop.IsCancellationRequested);
    }

    // Each step counts for as many requests and connections as there are askers, at the least.
    private async Task LookUnderLoadAsync(PkiFiles files)
    {
        files.Look();
        var (asked, connected) = (Interlocked.Read(ref _asked), Interlocked.Read(ref _connected));
        var started = Stopwatch.GetTimestamp();
        while (Interlocked.Read(ref _asked) < asked + (20 * NodeCount)
            || Interlocked.Read(ref _connected) < connected + (2 * NodeCount))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), "The load has stopped.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), Cancellation);
        }
    }
}
