using System.Net.Http.Headers;
using System.Text.Json;
using Broker.Client;
using Broker.Contracts;
using Broker.Contracts.Csrs;
using Broker.Contracts.Routing;
using Broker.Contracts.Tokens;
using Broker.Testing.Load;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Kills;

/// <summary>SIGTERM while a request is on its way.</summary>
public sealed class StopTest
{
    /// <summary>Longer than the two seconds after which the command line's library would end the process.</summary>
    private static readonly TimeSpan slow = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task A_request_that_takes_seconds_is_answered_before_the_process_ends()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var world = new LoadWorld();
        await world.InitAsync();
        await using var broker = await ServedBroker.ServeAsync(world.Folder);
        using var session = new LoadSession(world, broker);
        var token = (await session.People.IssueTokenAsync(new TokenRequest(), cancellation)).OrThrow().Token;
        using var node = new LoadNode("node-slow");
        using var connection = new BrokerConnection(new BrokerEndpoint(broker.Enrol, world.Anchors(), null));
        var content = new SlowContent(
            JsonSerializer.Serialize(new EnrolRequest(node.Csr), BrokerJson.Default.EnrolRequest));
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiRoutes.Enrol) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var answer = connection.SendAsync(request, BrokerJson.Default.EnrolResponse, cancellation);
        await content.HalfSent;
        // On the same connection: once this is answered, the broker has the beginning of the other one too.
        var refused = await new EnrolApi(connection).EnrolAsync("wrong", node.Csr, cancellation);
        Assert.NotNull(refused.Problem);
        Assert.True(broker.Process.Terminate());
        await Task.Delay(slow, cancellation);
        content.GoOn();

        Assert.Equal("issued", (await answer).OrThrow().Status);
        Assert.Equal(0, await broker.Process.WaitForExitAsync(TimeSpan.FromSeconds(15)));
    }
}
