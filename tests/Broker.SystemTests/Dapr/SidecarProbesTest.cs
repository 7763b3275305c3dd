using Grpc.Core;
using Xunit;

namespace Broker.SystemTests.Dapr;

/// <summary>The double answers as daprd and its components do, by research of their sources.</summary>
[Collection(StoreServersGroup.Name)]
public sealed class SidecarProbesTest(StoreServers servers)
{
    [Theory]
    [InlineData(StoreServer.Redis, "6")]
    [InlineData(StoreServer.Postgres, "")]
    public async Task Statuses_are_those_of_daprd(StoreServer server, string leftBeside)
    {
        await using var sidecars = new Sidecars(servers, server);
        var sidecar = await sidecars.StartAsync();
        using var probes = new SidecarProbes(sidecar.Endpoint, "journal");

        var answers = await probes.RunAsync();

        Assert.Equal(new ProbeAnswer(StatusCode.OK, "'' ''"), answers["a read of nothing"]);
        Assert.Equal(StatusCode.InvalidArgument, answers["a read from an unknown store"].Status);
        Assert.Equal(StatusCode.InvalidArgument, answers["a key with ||"].Status);
        Assert.Equal(StatusCode.OK, answers["a first write of nothing"].Status);
        Assert.Equal(StatusCode.Internal, answers["a first write of something"].Status);
        Assert.Equal("1", answers["what the first write left"].Text);
        Assert.Equal(StatusCode.OK, answers["a swap with the ETag that was read"].Status);
        Assert.Equal(StatusCode.Aborted, answers["a swap with an old ETag"].Status);
        Assert.Equal("3", answers["what the old swap left"].Text);
        Assert.Equal(StatusCode.Internal, answers["a transaction with an old ETag"].Status);
        Assert.StartsWith(
            "error while executing state transaction:",
            answers["a transaction with an old ETag"].Text,
            StringComparison.Ordinal);
        Assert.Equal(leftBeside, answers["what it left beside"].Text);
        Assert.Equal(StatusCode.OK, answers["a delete of nothing"].Status);
    }
}
