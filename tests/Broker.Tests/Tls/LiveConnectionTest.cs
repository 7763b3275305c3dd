using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Identity.Trust;
using Broker.Server.Tls;
using Xunit;

namespace Broker.Tests.Tls;

/// <summary>What happens to connections that are open: rows D09, D10, I07, I08 and J15 of the matrix.</summary>
public sealed class LiveConnectionTest
{
    private static readonly NodeName N1 = NodeName.Parse("n1");

    [Fact]
    public async Task D10_expiry_ends_an_open_stream_and_its_connection()
    {
        await using var host = await GateHost.OpenAsync();
        using var client = host.Client(host.Witnessed(lifetime: TimeSpan.FromMinutes(10)));
        using var stream = await OpenStreamAsync(client);
        host.Clock.Advance(TimeSpan.FromSeconds(599));
        Assert.StartsWith("Node n1", await client.GetStringAsync(
            "/whoami", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertBrokenAsync(stream);
        await UntilAsync(() => host.Registry.Count == 0);
    }

    [Fact]
    public async Task D09_a_request_after_expiry_is_refused_even_while_the_connection_lives()
    {
        await using var host = await GateHost.OpenAsync();
        var certificate = host.Witnessed(lifetime: TimeSpan.FromMinutes(10));
        using var client = host.Client(certificate);
        _ = await client.GetStringAsync("/whoami", TestContext.Current.CancellationToken);
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetStringAsync("/whoami", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Expiry_far_ahead_is_met_to_the_second()
    {
        await using var host = await GateHost.OpenAsync();
        using var client = host.Client(host.Witnessed(lifetime: TimeSpan.FromDays(100)));
        using var stream = await OpenStreamAsync(client);
        for (var day = 0; day < 99; day++)
        {
            host.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(1, host.Registry.Count);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await AssertBrokenAsync(stream);
    }

    [Fact]
    public async Task I08_a_fence_reaches_three_connections_with_two_streams_each()
    {
        await using var host = await GateHost.OpenAsync();
        var certificate = host.Witnessed();
        using var other = host.Client(host.Witnessed("n2"));
        using var kept = await OpenStreamAsync(other);
        var clients = Enumerable.Range(0, 3).Select(_ => host.Client(certificate)).ToList();
        var streams = new List<StreamReader>();
        foreach (var client in clients)
        {
            streams.Add(await OpenStreamAsync(client));
            streams.Add(await OpenStreamAsync(client));
        }

        host.Index.Apply(new NodeFenced(N1, NodeUid.Parse("uid-n1"), null));
        Assert.Equal(3, host.Registry.AbortNode(N1));
        foreach (var stream in streams)
        {
            await AssertBrokenAsync(stream);
            stream.Dispose();
        }

        await UntilAsync(() => host.Registry.Count == 1);
        Assert.Equal("refused node_fenced", await clients[0].GetStringAsync(
            "/whoami", TestContext.Current.CancellationToken));
        Assert.StartsWith("Node n2", await other.GetStringAsync(
            "/whoami", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        clients.ForEach(client => client.Dispose());
    }

    [Theory]
    [InlineData("hash")]
    [InlineData("serial")]
    [InlineData("key")]
    [InlineData("node")]
    public async Task I07_a_stream_is_found_by_each_name_of_its_certificate(string by)
    {
        await using var host = await GateHost.OpenAsync();
        var certificate = host.Witnessed();
        using var client = host.Client(certificate);
        using var stream = await OpenStreamAsync(client);
        var registry = host.Registry;
        var serial = Convert.ToHexStringLower(
            certificate.SerialNumberBytes.Span.TrimStart((byte)0));
        var aborted = by switch
        {
            "hash" => registry.AbortCertificate(KeyHashes.OfCertificate(certificate.RawData)),
            "serial" => registry.AbortSerial(host.Authority.IssuerKey, serial),
            "key" => registry.AbortKey(KeyHashes.Of(certificate)),
            _ => registry.AbortNode(N1),
        };
        Assert.Equal(1, aborted);
        await AssertBrokenAsync(stream);
    }

    [Fact]
    public async Task J15_the_newest_connection_of_a_node_over_the_limit_is_refused()
    {
        await using var host = await GateHost.OpenAsync();
        var certificate = host.Witnessed();
        var clients = Enumerable.Range(0, 4).Select(_ => host.Client(certificate)).ToList();
        foreach (var client in clients)
        {
            _ = await client.GetStringAsync("/whoami", TestContext.Current.CancellationToken);
        }

        using var fifth = host.Client(certificate);
        await Assert.ThrowsAnyAsync<Exception>(
            () => fifth.GetStringAsync("/whoami", TestContext.Current.CancellationToken));
        Assert.True(host.Registry.Refused >= 1);
        Assert.Equal(4, host.Registry.Count);
        _ = await clients[0].GetStringAsync("/whoami", TestContext.Current.CancellationToken);
        clients[0].Dispose();
        await UntilAsync(() => host.Registry.Count == 3);
        _ = await fifth.GetStringAsync("/whoami", TestContext.Current.CancellationToken);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task J15_whoever_is_unwitnessed_cannot_use_up_a_nodes_connections()
    {
        await using var host = await GateHost.OpenAsync();
        var forged = host.Node();
        var forgers = Enumerable.Range(0, 4).Select(_ => host.Client(forged)).ToList();
        foreach (var forger in forgers)
        {
            Assert.Equal("refused unwitnessed", await forger.GetStringAsync(
                "/whoami", TestContext.Current.CancellationToken));
        }

        using var client = host.Client(host.Witnessed());
        Assert.StartsWith("Node n1", await client.GetStringAsync(
            "/whoami", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        forgers.ForEach(forger => forger.Dispose());
    }

    [Fact]
    public async Task A_listener_has_a_limit_of_its_own()
    {
        await using var host = await GateHost.OpenAsync(
            new GateHostOptions { Limits = new ConnectionLimits(PerCallerMax: 4, ListenerMax: 1) });
        using var first = host.Client(host.Witnessed());
        _ = await first.GetStringAsync("/whoami", TestContext.Current.CancellationToken);
        using var second = host.Client(host.Witnessed("n2"));
        await Assert.ThrowsAnyAsync<Exception>(
            () => second.GetStringAsync("/whoami", TestContext.Current.CancellationToken));
    }

    private static async Task<StreamReader> OpenStreamAsync(HttpClient client)
    {
        var stream = new StreamReader(await client.GetStreamAsync(
            "/stream", TestContext.Current.CancellationToken));
        Assert.Equal("open", await stream.ReadLineAsync(TestContext.Current.CancellationToken));
        return stream;
    }

    private static async Task AssertBrokenAsync(StreamReader stream)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAnyAsync<IOException>(async () => await stream.ReadLineAsync(deadline.Token));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(5));
        while (!condition())
        {
            await Task.Delay(10, deadline.Token);
        }
    }
}
