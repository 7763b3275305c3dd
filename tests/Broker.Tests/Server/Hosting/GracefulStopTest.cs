using Broker.Client;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Hosting;

public sealed class GracefulStopTest
{
    private const int Grants = 50;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_in_the_midst_loses_no_grant_that_was_acknowledged()
    {
        await using var broker = await TestBroker.StartAsync();
        _ = (await broker.Operator.DefinePoolAsync("stop", new("10.40.0.0/16", Open: true), Cancellation)).OrThrow();
        var node = await broker.EnrolNodeAsync("stop-1");
        _ = (await node.Api.WhoAmIAsync(Cancellation)).OrThrow();
        var first = new TaskCompletionSource();

        var grants = Enumerable.Range(0, Grants).Select(i => GrantAsync(node, i, first)).ToList();
        await first.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await broker.StopAsync();
        var outcomes = await Task.WhenAll(grants);
        await broker.StartAgainAsync();
        var held = (await broker.Auditor.ListLeasesAsync(Cancellation)).OrThrow().Leases;

        var addresses = held.ToDictionary(lease => lease.ContainerId, lease => lease.Address);
        var acknowledged = outcomes.Where(outcome => outcome.Address is not null).ToList();
        Assert.NotEmpty(acknowledged);
        Assert.All(acknowledged, outcome => Assert.Equal(outcome.Address, addresses[outcome.Container]));
        Assert.All(
            outcomes.Where(outcome => outcome.Address is null),
            outcome => Assert.Contains(outcome.Why, (string[])["stopping", "unreachable"]));
        Assert.Empty(broker.Log.Errors);
    }

    private static async Task<(string Container, string? Address, string Why)> GrantAsync(
        TestNode node, int i, TaskCompletionSource first)
    {
        var container = $"container-{i}";
        try
        {
            var answer = await node.Api.GrantLeaseAsync(
                new($"stop-request-{i}", "net", container, "eth0"), Cancellation);
            _ = first.TrySetResult();
            return (container, answer.Answer?.Leases[0].Address, answer.Problem?.Code ?? string.Empty);
        }
        catch (BrokerUnreachableException)
        {
            return (container, null, "unreachable");
        }
    }
}
