using Broker.Client;
using Broker.Testing.Dapr;
using Broker.Testing.Load;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Dapr;

/// <summary>A broker's events on a real Redis stream, with publishes that fail and replies that are lost.</summary>
[Collection(StoreServersGroup.Name)]
public sealed class RelayTest(StoreServers servers)
{
    private const string Topic = "ipam-events";
    private static readonly TimeSpan deadline = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(SidecarFault.None)]
    [InlineData(SidecarFault.ReplyLost)]
    [InlineData(SidecarFault.Refused)]
    public async Task A_subscriber_has_every_event_once_and_in_order(SidecarFault fault)
    {
        await using var sidecars = new Sidecars(servers, StoreServer.Redis);
        await using var component = (RedisComponent)await servers.ComponentAsync(StoreServer.Redis);
        var topics = new RedisTopics("events", component.Database);
        var topic = Topic + fault;
        var sidecar = await sidecars.StartAsync(new SidecarDoubleOptions { Topics = topics });
        using var world = new LoadWorld();
        await world.InitAsync(
        [
            .. DaprFolders.Settings(sidecar),
            "--set", "relay:pubSub=events",
            "--set", $"relay:topic={topic}",
        ]);
        sidecar.Faults.Set(fault, 0.3);
        await using var broker = await ServedBroker.ServeAsync(world.Folder);
        using var session = new LoadSession(world, broker);
        await session.DefinePoolsAsync();
        world.Nodes.Add(new LoadNode(world.NewName("node-")));
        await session.EnrolAsync(world.Nodes[0]);
        var size = (await session.PositionAsync()).Size;
        var journal = await ReadAsync(session.People, size);

        var subscriber = new SampleSubscriber((from, to) => Task.FromResult<IReadOnlyList<string>>(
            [.. journal.Skip((int)from).Take((int)(to - from))]));
        var taken = 0;
        await Eventually.HoldsAsync(
            "every event is on the stream",
            async () =>
            {
                var published = await topics.ReadAsync(topic);
                foreach (var envelope in published.Skip(taken))
                {
                    await subscriber.TakeAsync(envelope);
                }

                taken = published.Count;
                return subscriber.Events.Count >= size;
            },
            deadline);

        Assert.Equal(journal, subscriber.Events.Take((int)size));
        Assert.Equal(0, subscriber.Gaps);
        Assert.Equal(fault == SidecarFault.ReplyLost, subscriber.Repeats > 0);
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(PeopleApi people, long size)
    {
        var events = new List<string>();
        await foreach (var streamed in people.Events(-1).ReadAsync(TestContext.Current.CancellationToken))
        {
            events.Add(streamed.Line);
            if (events.Count == size)
            {
                break;
            }
        }

        return events;
    }
}
